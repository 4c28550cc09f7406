// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.syncml;

import java.util.Optional;

/**
 * A Target or Source.
 *
 * @param uri LocURI: an address, or the URI of a node
 * @param name LocName: a name for display; in the Source of a header the user name of the credentials
 */
public record Location(String uri, Optional<String> name) {
    public static Location of(String uri) {
        return new Location(uri, Optional.empty());
    }

    public static Location of(String uri, String name) {
        return new Location(uri, Optional.of(name));
    }
}
