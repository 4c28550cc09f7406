// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.ddf;

import java.util.Optional;
import org.bipline.dm.Position;

/**
 * Something in an object that is not as its description says.
 *
 * @param position where the node stands in the object's document, if that is known
 * @param uri the node, from the root of the object on
 * @param fault what is wrong, and what the description says
 * @param remedy what to do about it
 */
public record Deviation(Optional<Position> position, String uri, String fault, String remedy) {
    @Override
    public String toString() {
        return position.map(at -> at + ": ").orElse("") + "'" + uri + "' " + fault + "; " + remedy;
    }
}
