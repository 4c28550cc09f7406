// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.push;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.bipline.cat.object.InformationElement;
import org.bipline.cat.object.SmsContent;
import org.bipline.cat.object.SmsTpdu;
import org.bipline.cat.tlv.ByteString;
import org.bipline.cat.tlv.CatDecodingException;
import org.bipline.lab.Failure;
import org.jsmpp.InvalidResponseException;
import org.jsmpp.PDUException;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.AlertNotification;
import org.jsmpp.bean.BindType;
import org.jsmpp.bean.DataSm;
import org.jsmpp.bean.DeliverSm;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.RawDataCoding;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.NegativeResponseException;
import org.jsmpp.extra.ProcessRequestException;
import org.jsmpp.extra.ResponseTimeoutException;
import org.jsmpp.session.BindParameter;
import org.jsmpp.session.DataSmResult;
import org.jsmpp.session.MessageReceiverListener;
import org.jsmpp.session.SMPPSession;
import org.jsmpp.session.Session;

/** Sends short messages to a card through a service centre by SMPP 3.4, and takes what it answers. */
public final class SmppSender implements AutoCloseable {
    private final SMPPSession session = new SMPPSession();
    private final BlockingQueue<SmsContent> received = new LinkedBlockingQueue<>();
    private final String from;
    private final String to;

    /**
     * Binds to a centre as a transceiver.
     *
     * @param from number of the sender, to which the card answers
     * @param to number of the card's ME
     * @throws Failure when it does not answer or refuses
     */
    public SmppSender(InetSocketAddress centre, String systemId, String password, String from, String to)
            throws Failure {
        this.from = from;
        this.to = to;
        session.setMessageReceiverListener(new Deliveries(received));
        try {
            session.connectAndBind(
                    centre.getHostString(),
                    centre.getPort(),
                    new BindParameter(
                            BindType.BIND_TRX,
                            systemId,
                            password,
                            "",
                            TypeOfNumber.UNKNOWN,
                            NumberingPlanIndicator.UNKNOWN,
                            ""));
        } catch (IOException e) {
            throw new Failure(
                    Failure.Kind.ENVIRONMENT,
                    "no SMSC at " + centre.getHostString() + ":" + centre.getPort() + " takes the SMPP session ("
                            + e.getMessage() + "); start 'bipline me', or give another with --smpp",
                    e);
        }
    }

    /** What comes from the centre. */
    private record Deliveries(BlockingQueue<SmsContent> received) implements MessageReceiverListener {
        @Override
        public void onAcceptDeliverSm(DeliverSm message) throws ProcessRequestException {
            OptionalParameter.Message_payload payload =
                    message.getOptionalParameter(OptionalParameter.Message_payload.class);
            byte[] userData = payload == null ? message.getShortMessage() : payload.getValue();
            try {
                boolean hasHeader = (message.getEsmClass() & Submissions.HAS_HEADER) != 0;
                received.add(SmsContent.decode(ByteString.copyOf(userData), hasHeader));
            } catch (CatDecodingException e) {
                throw new ProcessRequestException(e.getMessage(), SMPPConstant.STAT_ESME_RX_P_APPN, e);
            }
        }

        @Override
        public void onAcceptAlertNotification(AlertNotification notification) {
            // that a phone can be reached again is no answer
        }

        @Override
        public DataSmResult onAcceptDataSm(DataSm message, Session source) throws ProcessRequestException {
            throw new ProcessRequestException("data_sm is not served", SMPPConstant.STAT_ESME_RINVCMDID);
        }
    }

    /**
     * Sends the parts of a message in their order.
     *
     * @throws Failure when the centre refuses one or does not answer
     */
    public void send(List<SmsTpdu> messages) throws Failure {
        for (SmsTpdu message : messages) {
            try {
                SmsContent content = SmsContent.of(message);
                session.submitShortMessage(
                        "",
                        SmsCentre.typeOf(from),
                        NumberingPlanIndicator.ISDN,
                        SmsCentre.digits(from),
                        SmsCentre.typeOf(to),
                        NumberingPlanIndicator.ISDN,
                        SmsCentre.digits(to),
                        new ESMClass(content.header().isEmpty() ? 0 : Submissions.HAS_HEADER),
                        (byte) SecuredPush.PROTOCOL_IDENTIFIER,
                        (byte) 0,
                        "",
                        "",
                        new RegisteredDelivery(0),
                        (byte) 0,
                        new RawDataCoding((byte) SecuredPush.DATA_CODING_SCHEME),
                        (byte) 0,
                        content.encode().toBytes());
            } catch (NegativeResponseException e) {
                throw new Failure(
                        Failure.Kind.TESTED,
                        "the SMSC refuses the message with command_status %08X".formatted(e.getCommandStatus())
                                + "; its log says why",
                        e);
            } catch (PDUException
                    | ResponseTimeoutException
                    | InvalidResponseException
                    | CatDecodingException
                    | IOException e) {
                throw new Failure(Failure.Kind.ENVIRONMENT, "the SMSC does not take the message: " + e.getMessage(), e);
            }
        }
    }

    /**
     * Waits for the proof of receipt; other messages are passed over.
     *
     * @return empty when none came in time
     * @throws Failure when what came is no response to the push
     */
    public Optional<Receipt> awaitReceipt(SecuredPush push, Duration limit) throws Failure {
        long deadline = System.nanoTime() + limit.toNanos();
        List<SmsContent> parts = new ArrayList<>();
        while (true) {
            SmsContent message = next(deadline);
            if (message == null) {
                return Optional.empty();
            }
            if (message.part().isPresent()) {
                parts.removeIf(other ->
                        other.part().get().reference() != message.part().get().reference());
                parts.add(message);
            }
            Optional<SmsContent> whole = message.part().isEmpty() ? Optional.of(message) : SmsContent.join(parts);
            if (whole.filter(w -> w.has(InformationElement.RESPONSE_PACKET)).isPresent()) {
                Receipt receipt = push.receipt(whole.get());
                if (!receipt.announcesAnother()) {
                    return Optional.of(receipt);
                }
            }
        }
    }

    private SmsContent next(long deadline) throws Failure {
        try {
            return received.poll(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(Failure.Kind.ENVIRONMENT, "interrupted", e);
        }
    }

    @Override
    public void close() {
        session.unbindAndClose();
    }
}
