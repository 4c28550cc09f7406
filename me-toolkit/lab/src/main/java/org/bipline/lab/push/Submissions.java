// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.push;

import static org.jsmpp.SMPPConstant.STAT_ESME_RINVCMDID;
import static org.jsmpp.SMPPConstant.STAT_ESME_RINVDCS;
import static org.jsmpp.SMPPConstant.STAT_ESME_RSUBMITFAIL;
import static org.jsmpp.SMPPConstant.STAT_ESME_RSYSERR;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import org.bipline.cat.object.InformationElement;
import org.bipline.cat.object.ShortMessage;
import org.bipline.cat.object.SmsContent;
import org.bipline.cat.object.SmsTpdu;
import org.bipline.cat.tlv.ByteString;
import org.bipline.cat.tlv.CatDecodingException;
import org.jsmpp.PDUStringException;
import org.jsmpp.bean.AbstractSmCommand;
import org.jsmpp.bean.BroadcastSm;
import org.jsmpp.bean.CancelBroadcastSm;
import org.jsmpp.bean.CancelSm;
import org.jsmpp.bean.DataSm;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.QueryBroadcastSm;
import org.jsmpp.bean.QuerySm;
import org.jsmpp.bean.ReplaceSm;
import org.jsmpp.bean.SubmitMulti;
import org.jsmpp.bean.SubmitSm;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.ProcessRequestException;
import org.jsmpp.session.BroadcastSmResult;
import org.jsmpp.session.DataSmResult;
import org.jsmpp.session.QueryBroadcastSmResult;
import org.jsmpp.session.QuerySmResult;
import org.jsmpp.session.SMPPServerSession;
import org.jsmpp.session.ServerMessageReceiverListener;
import org.jsmpp.session.Session;
import org.jsmpp.session.SubmitMultiResult;
import org.jsmpp.session.SubmitSmResult;
import org.jsmpp.util.MessageId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes SMS-DELIVERs for the card from what comes by SMPP. SMPP 3.4 clauses 4.4 and 4.7. */
final class Submissions implements ServerMessageReceiverListener {
    /** Bit of esm_class: the message begins with a user data header. */
    static final int HAS_HEADER = 0x40;

    private static final Logger LOG = LoggerFactory.getLogger(Submissions.class);

    private static final int MAX_USER_DATA = 140;

    /** Binary in SMPP's own numbers: the centre gives it the class. */
    private static final List<Integer> BINARY = List.of(0x02, 0x04);

    /** Takes a message and gives it an identifier. */
    @FunctionalInterface
    interface Taker {
        String take(SmsCentre.Submission submission, boolean atOnce);
    }

    private final Taker taker;
    private final Clock clock;

    Submissions(Taker taker, Clock clock) {
        this.taker = taker;
        this.clock = clock;
    }

    @Override
    public SubmitSmResult onAcceptSubmitSm(SubmitSm message, SMPPServerSession session) throws ProcessRequestException {
        if ((message.getProtocolId() & 0xFF) != SecuredPush.PROTOCOL_IDENTIFIER) {
            throw refused(
                    "protocol_id %02X: only 7F goes to the card".formatted(message.getProtocolId()),
                    STAT_ESME_RSUBMITFAIL);
        }
        String id = taker.take(submission(message, message.getShortMessage(), session), false);
        return new SubmitSmResult(identifier(id), new OptionalParameter[0]);
    }

    /** data_sm has no protocol identifier: what comes so is for the card. */
    @Override
    public DataSmResult onAcceptDataSm(DataSm message, Session session) throws ProcessRequestException {
        if (!(session instanceof SMPPServerSession server)) {
            throw refused("data_sm from elsewhere", STAT_ESME_RINVCMDID);
        }
        String id = taker.take(submission(message, new byte[0], server), true);
        return new DataSmResult(identifier(id), new OptionalParameter[0]);
    }

    private SmsCentre.Submission submission(AbstractSmCommand message, byte[] shortMessage, SMPPServerSession session)
            throws ProcessRequestException {
        int coding = message.getDataCoding() & 0xFF;
        boolean binary = BINARY.contains(coding);
        boolean class2 = ((coding & 0xF0) == 0xF0 || (coding & 0x90) == 0x10) && (coding & 3) == 2;
        boolean eightBits = binary || (coding & 0x0C) == 0x04; // 3GPP TS 23.038 clause 4
        if (!eightBits || !(binary || class2)) {
            throw refused("data_coding %02X is not 8-bit data of class 2".formatted(coding), STAT_ESME_RINVDCS);
        }
        OptionalParameter.Message_payload payload =
                message.getOptionalParameter(OptionalParameter.Message_payload.class);
        ByteString userData = ByteString.copyOf(payload == null ? shortMessage : payload.getValue());
        try {
            SmsContent content = SmsContent.decode(userData, (message.getEsmClass() & HAS_HEADER) != 0);
            String sender = number(message.getSourceAddrTon(), message.getSourceAddr());
            return new SmsCentre.Submission(
                    new SmsCentre.Sender(session, sender),
                    number(message.getDestAddrTon(), message.getDestAddress()),
                    messages(sender, content, userData.length(), binary ? SecuredPush.DATA_CODING_SCHEME : coding));
        } catch (CatDecodingException | IllegalArgumentException e) {
            throw refused("message is malformed: " + e.getMessage(), STAT_ESME_RSUBMITFAIL);
        }
    }

    /** One TPDU as it came, or as many as a message_payload needs; what it is then stands in the first only. */
    private List<SmsTpdu> messages(String sender, SmsContent content, int length, int coding) {
        ShortMessage message = ShortMessage.deliver(sender, OffsetDateTime.now(clock))
                .protocolIdentifier(SecuredPush.PROTOCOL_IDENTIFIER);
        for (InformationElement element : content.header()) {
            if (length > MAX_USER_DATA) {
                message.elementOfFirst(element.identifier(), element.value());
            } else {
                message.element(element.identifier(), element.value());
            }
        }
        return message.data(coding, content.body());
    }

    private static String number(byte typeOfNumber, String digits) {
        String plain = digits == null ? "" : digits;
        return typeOfNumber == TypeOfNumber.INTERNATIONAL.value() && !plain.isEmpty() ? "+" + plain : plain;
    }

    private static MessageId identifier(String id) throws ProcessRequestException {
        try {
            return new MessageId(id);
        } catch (PDUStringException e) {
            throw new ProcessRequestException(e.getMessage(), STAT_ESME_RSYSERR, e);
        }
    }

    private static ProcessRequestException refused(String why, int status) {
        LOG.warn("SMPP: {}", why);
        return new ProcessRequestException(why, status);
    }

    private static ProcessRequestException unknown(String command) {
        return refused(command + " is not served", STAT_ESME_RINVCMDID);
    }

    @Override
    public SubmitMultiResult onAcceptSubmitMulti(SubmitMulti message, SMPPServerSession session)
            throws ProcessRequestException {
        throw unknown("submit_multi");
    }

    @Override
    public QuerySmResult onAcceptQuerySm(QuerySm query, SMPPServerSession session) throws ProcessRequestException {
        throw unknown("query_sm");
    }

    @Override
    public void onAcceptReplaceSm(ReplaceSm message, SMPPServerSession session) throws ProcessRequestException {
        throw unknown("replace_sm");
    }

    @Override
    public void onAcceptCancelSm(CancelSm message, SMPPServerSession session) throws ProcessRequestException {
        throw unknown("cancel_sm");
    }

    @Override
    public BroadcastSmResult onAcceptBroadcastSm(BroadcastSm message, SMPPServerSession session)
            throws ProcessRequestException {
        throw unknown("broadcast_sm");
    }

    @Override
    public void onAcceptCancelBroadcastSm(CancelBroadcastSm message, SMPPServerSession session)
            throws ProcessRequestException {
        throw unknown("cancel_broadcast_sm");
    }

    @Override
    public QueryBroadcastSmResult onAcceptQueryBroadcastSm(QueryBroadcastSm query, SMPPServerSession session)
            throws ProcessRequestException {
        throw unknown("query_broadcast_sm");
    }
}
