// SPDX-License-Identifier: Apache-2.0
/** A network in memory behind the simulated ME, whose every run is a function of its seed and of what is asked of it. */
package org.bipline.me.network;
