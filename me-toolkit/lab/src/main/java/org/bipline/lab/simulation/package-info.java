// SPDX-License-Identifier: Apache-2.0
/** Cards, MEs and the server side in one thread, on a virtual clock and a network in memory: a function of a seed. */
package org.bipline.lab.simulation;
