// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.ddf;

import java.util.Optional;
import org.bipline.dm.markup.DdfTag;

/** Commands that a described node supports, whatever its ACL says. DDF element AccessType. */
public enum AccessType {
    ADD,
    COPY,
    DELETE,
    EXEC,
    GET,
    REPLACE;

    static Optional<AccessType> of(DdfTag tag) {
        return Optional.ofNullable(
                switch (tag) {
                    case ADD -> ADD;
                    case COPY -> COPY;
                    case DELETE -> DELETE;
                    case EXEC -> EXEC;
                    case GET -> GET;
                    case REPLACE -> REPLACE;
                    default -> null;
                });
    }
}
