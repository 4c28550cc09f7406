// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.file;

/** A logical channel: what is selected there, and a data object that is on its way in or out. */
final class LogicalChannel {
    private final Cursor cursor;

    /** The data object that RETRIEVE DATA gives or SET DATA takes block by block; null: none. */
    private byte[] object;

    private int done;
    private boolean incoming;

    LogicalChannel(Cursor cursor) {
        this.cursor = cursor;
    }

    Cursor cursor() {
        return cursor;
    }

    void begin(byte[] whole, boolean in) {
        object = whole;
        incoming = in;
        done = 0;
    }

    /** What is on its way in this direction, or null. */
    byte[] pending(boolean in) {
        return object != null && incoming == in ? object : null;
    }

    int done() {
        return done;
    }

    void advance(int bytes) {
        done += bytes;
        if (done >= object.length) {
            end();
        }
    }

    void end() {
        object = null;
    }
}
