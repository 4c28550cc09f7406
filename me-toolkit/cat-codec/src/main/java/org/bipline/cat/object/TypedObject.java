// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

/** A data object of {@link DataObjectType}. */
interface TypedObject extends DataObject {
    DataObjectType type();

    @Override
    default int tag() {
        return type().tag();
    }

    @Override
    default String title() {
        return type().title();
    }
}
