// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.scenario;

/**
 * A field that is not as expected.
 *
 * @param field what it is called
 * @param expected what the scenario asks for
 * @param seen what was there
 */
public record Mismatch(String field, String expected, String seen) {
    @Override
    public String toString() {
        return field + ": expected " + expected + ", seen " + seen;
    }
}
