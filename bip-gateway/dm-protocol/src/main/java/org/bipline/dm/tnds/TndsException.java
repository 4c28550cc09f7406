// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.tnds;

import org.bipline.dm.DmDecodingException;
import org.bipline.dm.Position;

/** A document that is no serialised tree. The message is one line: where, what is wrong, what to do. */
public final class TndsException extends DmDecodingException {
    private static final long serialVersionUID = 1L;

    private final String remedy;

    TndsException(Position position, String fault, String remedy) {
        super(position, fault, null);
        this.remedy = remedy;
    }

    TndsException(DmDecodingException cause, String remedy) {
        super(cause.position(), cause.fault(), cause);
        this.remedy = remedy;
    }

    /** What to do about it. */
    public String remedy() {
        return remedy;
    }

    @Override
    public String getMessage() {
        return super.getMessage() + "; " + remedy;
    }
}
