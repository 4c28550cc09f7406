// SPDX-License-Identifier: Apache-2.0
/** One stream of typed events from card, ME, gateway and server, and the sinks that show it (specs/trace.md). */
package org.bipline.lab.trace;
