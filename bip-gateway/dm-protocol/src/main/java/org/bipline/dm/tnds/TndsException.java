// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.tnds;

import org.bipline.dm.DmDecodingException;
import org.bipline.dm.Position;

/** A document that is no serialised tree. The message is one line: where, what is wrong, what to do. */
public final class TndsException extends DmDecodingException {
    private static final long serialVersionUID = 1L;

    TndsException(Position position, String fault, String remedy) {
        super(position, fault + "; " + remedy, null);
    }

    TndsException(DmDecodingException cause, String remedy) {
        super(cause.position(), cause.fault() + "; " + remedy, cause);
    }
}
