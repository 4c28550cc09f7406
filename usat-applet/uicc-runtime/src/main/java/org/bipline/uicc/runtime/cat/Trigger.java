// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.cat;

import java.util.Iterator;
import java.util.List;
import org.bipline.uicc.runtime.vm.Activation;

/** One run of {@code processToolkit}: the applet, the delivery that it belongs to, and what the handlers hold for it. */
final class Trigger {
    /** One event on its way to the applets that get it, in the order of their priority. */
    static final class Delivery {
        final Event event;
        final byte[] envelope;
        final Iterator<ToolkitApplet> targets;

        /** With one applet only, an ISOException 9300 of it is the ME's answer. */
        final boolean isAlone;

        private EnvelopeResponse response;
        private int statusWord = 0x9000;

        /** False once the ME has its answer to the envelope (or where there was none). */
        private boolean answerable;

        /** {@code envelope} is a whole BER-TLV, or null for an event without an EnvelopeHandler. */
        Delivery(Event event, byte[] envelope, List<ToolkitApplet> targets) {
            this.event = event;
            this.envelope = envelope;
            this.targets = targets.iterator();
            this.isAlone = targets.size() == 1;
            this.answerable = event.hasEnvelopeResponseHandler();
        }

        boolean isAnswerable() {
            return answerable;
        }

        void endAnswer() {
            answerable = false;
        }

        /** What was posted with its status, or null. */
        EnvelopeResponse response() {
            return response == null || response.posted() == null ? null : response;
        }

        /** Of an event that no applet answered otherwise. */
        int statusWord() {
            return statusWord;
        }

        void setStatusWord(int sw) {
            statusWord = sw;
        }
    }

    final ToolkitApplet applet;
    final Delivery delivery;
    private final Triggering triggering;
    private final Envelope envelope;
    private final ProactiveResponse response;
    Activation activation;

    Trigger(Triggering triggering, ToolkitApplet applet, Delivery delivery) {
        this.triggering = triggering;
        this.applet = applet;
        this.delivery = delivery;
        this.envelope = delivery.envelope == null ? null : new Envelope(this, delivery.envelope);
        this.response = new ProactiveResponse(this);
        setResponse(new byte[0]);
    }

    /** Whether it is this run's turn, and not that of one nested in it. */
    boolean isCurrent() {
        return triggering.current() == this;
    }

    /** Null where the event has none. */
    Envelope envelope() {
        return envelope;
    }

    /** Null where the event has none, or it was posted, or a proactive command was sent. */
    EnvelopeResponse envelopeResponse() {
        if (!delivery.answerable) {
            return null;
        }
        if (delivery.response == null) {
            delivery.response = new EnvelopeResponse(delivery, triggering);
        }
        return delivery.response;
    }

    /** Empty before the first TERMINAL RESPONSE. */
    ProactiveResponse response() {
        return response;
    }

    void setResponse(byte[] terminalResponse) {
        response.set(terminalResponse, 0, terminalResponse.length);
    }
}
