// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.trace;

/** One decoded field of a protocol data unit, as text for people. */
public record Field(String name, String value) {}
