// SPDX-License-Identifier: Apache-2.0
/** Descriptions of simulated MEs in files. */
package org.bipline.lab.me;
