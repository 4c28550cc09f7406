// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.notification;

import org.bipline.dm.DmDecodingException;
import org.bipline.dm.Position;

/** Bytes that are no notification. */
public final class NotificationException extends DmDecodingException {
    private static final long serialVersionUID = 1L;

    NotificationException(int offset, String fault) {
        super(new Position.Offset(offset), fault, null);
    }
}
