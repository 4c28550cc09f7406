// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.cat;

import javacard.framework.APDUException;
import org.bipline.uicc.runtime.vm.TemporaryEntryPoint;
import uicc.toolkit.EnvelopeResponseHandler;
import uicc.toolkit.ToolkitException;

/** The answer to an envelope, shared by the applets that the envelope triggers. ETSI TS 102 241, EnvelopeResponseHandler. */
final class EnvelopeResponse extends EditTlvHandler implements EnvelopeResponseHandler, TemporaryEntryPoint {
    /** What GET RESPONSE brings at once; also the least that ETSI TS 102 241 allows. */
    private static final int CAPACITY = 256;

    private final Trigger.Delivery delivery;
    private final Triggering triggering;
    private byte[] posted;
    private boolean accepted;

    EnvelopeResponse(Trigger.Delivery delivery, Triggering triggering) {
        super(CAPACITY);
        this.delivery = delivery;
        this.triggering = triggering;
    }

    @Override
    void check() {
        Trigger current = triggering.current();
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
        if (data.length > CAPACITY) {
            APDUException.throwIt(APDUException.BAD_LENGTH);
        }
        posted = data;
        accepted = statusType || delivery.event.isExclusive(); // call control has its own result in the data
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
