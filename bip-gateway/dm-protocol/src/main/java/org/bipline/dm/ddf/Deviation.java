// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.ddf;

/**
 * Something in an object that is not as its description says.
 *
 * @param uri the node, from the root of the object on
 * @param fault what is wrong, and what the description says
 * @param remedy what to do about it
 */
public record Deviation(String uri, String fault, String remedy) {
    @Override
    public String toString() {
        return "'" + uri + "' " + fault + "; " + remedy;
    }
}
