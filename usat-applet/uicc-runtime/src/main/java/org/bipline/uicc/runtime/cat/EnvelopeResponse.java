// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.cat;

import uicc.toolkit.EnvelopeResponseHandler;
import uicc.toolkit.ToolkitException;

/** The answer to an envelope, shared by the applets that the envelope triggers. ETSI TS 102 241, EnvelopeResponseHandler. */
final class EnvelopeResponse extends EditTlvHandler implements EnvelopeResponseHandler {
    /** With tag and length of a BER-TLV it fits into one GET RESPONSE of 256 bytes. */
    private static final int CAPACITY = 253;

    private final Trigger.Delivery delivery;
    private final CatRuntime cat;
    private byte[] posted;
    private boolean accepted;

    EnvelopeResponse(Trigger.Delivery delivery, CatRuntime cat) {
        super(CAPACITY);
        this.delivery = delivery;
        this.cat = cat;
    }

    @Override
    void check() {
        Trigger current = cat.current();
        if (current == null || current.delivery != delivery || !delivery.isAnswerable()) {
            ToolkitException.throwIt(ToolkitException.HANDLER_NOT_AVAILABLE);
        }
    }

    @Override
    public void post(boolean statusType) {
        check();
        byte[] data = new byte[length()];
        System.arraycopy(list, 0, data, 0, data.length);
        post(statusType, data);
    }

    @Override
    public void postAsBERTLV(boolean statusType, byte tag) {
        check();
        byte[] data = new byte[1 + lengthOfLength(length()) + length()];
        data[0] = tag;
        int at = putLength(data, 1, length());
        System.arraycopy(list, 0, data, at, length());
        post(statusType, data);
    }

    private void post(boolean statusType, byte[] data) {
        posted = data;
        accepted = statusType;
        delivery.endAnswer();
    }

    /** What was posted, or null. */
    byte[] posted() {
        return posted;
    }

    boolean isAccepted() {
        return accepted;
    }
}
