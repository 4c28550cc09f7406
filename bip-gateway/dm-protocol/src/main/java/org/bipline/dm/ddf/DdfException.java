// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.ddf;

import org.bipline.dm.DmDecodingException;
import org.bipline.dm.Position;

/** A document that is no device description. The message is one line: where, what is wrong, what to do. */
public final class DdfException extends DmDecodingException {
    private static final long serialVersionUID = 1L;

    DdfException(Position position, String fault, String remedy) {
        super(position, fault + "; " + remedy, null);
    }
}
