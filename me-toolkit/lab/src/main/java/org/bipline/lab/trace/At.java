// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.trace;

import java.time.Instant;

/**
 * When and between whom an event happened.
 *
 * @param nanos nanoseconds since the trace began; never decreases along a trace
 * @param time wall clock
 * @param session name of the card session that the event belongs to
 * @param from where it starts
 * @param to where it ends; the same as {@code from} for what happens inside one party
 */
public record At(long nanos, Instant time, String session, Party from, Party to) {}
