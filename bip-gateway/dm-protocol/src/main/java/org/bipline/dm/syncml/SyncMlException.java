// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.syncml;

import java.util.Optional;
import org.bipline.dm.DmDecodingException;

/** A message that cannot be read. Where its header could be read, that is there, so that the sender can be answered. */
public final class SyncMlException extends DmDecodingException {
    private static final long serialVersionUID = 1L;

    private final transient SyncHdr header;

    SyncMlException(DmDecodingException cause, SyncHdr header) {
        super(cause.position(), cause.fault(), cause);
        this.header = header;
    }

    public Optional<SyncHdr> header() {
        return Optional.ofNullable(header);
    }
}
