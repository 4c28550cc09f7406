// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.xml;

import org.bipline.dm.DmDecodingException;
import org.bipline.dm.Position;

/** Text that is not XML, or XML that no document of DM 1.2 is. */
public final class XmlException extends DmDecodingException {
    private static final long serialVersionUID = 1L;

    private final boolean malformed;

    XmlException(Position position, String fault, boolean malformed) {
        super(position, fault, null);
        this.malformed = malformed;
    }

    /** True where the text is not well-formed XML, false where its elements are not what was expected. */
    public boolean isMalformed() {
        return malformed;
    }
}
