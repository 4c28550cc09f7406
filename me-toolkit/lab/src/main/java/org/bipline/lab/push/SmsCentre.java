// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.push;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.bipline.cat.command.ProactiveCommand;
import org.bipline.cat.command.SendShortMessage;
import org.bipline.cat.object.Address;
import org.bipline.cat.object.SmsContent;
import org.bipline.cat.object.SmsHeader;
import org.bipline.cat.object.SmsTpdu;
import org.bipline.cat.tlv.ByteString;
import org.bipline.cat.tlv.CatDecodingException;
import org.bipline.me.Answer;
import org.bipline.me.CardLinkException;
import org.bipline.me.MobileEquipment;
import org.bipline.me.NetworkModel;
import org.jsmpp.InvalidResponseException;
import org.jsmpp.PDUException;
import org.jsmpp.PDUStringException;
import org.jsmpp.bean.BindType;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.InterfaceVersion;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.RawDataCoding;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.NegativeResponseException;
import org.jsmpp.extra.ResponseTimeoutException;
import org.jsmpp.session.BindRequest;
import org.jsmpp.session.SMPPServerSession;
import org.jsmpp.session.SMPPServerSessionListener;
import org.jsmpp.session.ServerResponseDeliveryAdapter;
import org.jsmpp.session.SubmitSmResult;
import org.jsmpp.session.connection.ServerConnection;
import org.jsmpp.session.connection.ServerConnectionFactory;
import org.jsmpp.session.connection.socket.ServerSocketConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small short message service centre in front of one ME, for programs that push to its card: SMPP 3.4 with submit_sm and data_sm
 * towards the card, and deliver_sm with what it answers, in an SMS-DELIVER-REPORT or an SMS-SUBMIT. It takes whoever binds, so it
 * listens on loopback only. There are no delivery receipts, and no message is kept for later.
 */
public final class SmsCentre implements NetworkModel, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SmsCentre.class);

    private static final String SYSTEM_ID = "bipline";
    private static final long BIND_LIMIT = 5_000; // milliseconds
    private static final Address OWN_NUMBER = Address.of("+12065550100"); // in a range for fiction

    private final AtomicReference<MobileEquipment> me = new AtomicReference<>();
    private final SMPPServerSessionListener listener;
    private final InetSocketAddress address;
    private final Set<SMPPServerSession> sessions = ConcurrentHashMap.newKeySet();
    private final Map<String, Sender> senders = new ConcurrentHashMap<>();
    private final Map<String, Submission> waiting = new ConcurrentHashMap<>();
    private final AtomicLong lastId = new AtomicLong();

    /** One message after the other, as they came. */
    private final ExecutorService work =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().factory());

    /** What a message is, and who gets the answer to it. */
    record Submission(Sender sender, String cardNumber, List<SmsTpdu> messages) {}

    /** An ESME and the address it sends from. */
    record Sender(SMPPServerSession session, String number) {}

    /**
     * Listens from now on; {@link #attach} follows.
     *
     * @param bind on loopback; port 0 takes any free one
     * @throws IOException when the address cannot be bound
     * @throws IllegalArgumentException when it is not on loopback
     */
    public SmsCentre(InetSocketAddress bind, Clock clock) throws IOException {
        if (!bind.getAddress().isLoopbackAddress()) {
            throw new IllegalArgumentException(bind + " is not on loopback");
        }
        Loopback sockets = new Loopback(bind);
        listener = new SMPPServerSessionListener(bind.getPort(), sockets);
        address = new InetSocketAddress(bind.getAddress(), sockets.port);
        listener.setMessageReceiverListener(new Submissions(this::accept, clock));
        listener.setResponseDeliveryListener(new ServerResponseDeliveryAdapter() {
            @Override
            public void onSubmitSmRespSent(SubmitSmResult result, SMPPServerSession source) {
                begin(result.getMessageId()); // so that no answer of the card comes before the one to submit_sm
            }
        });
        var unused = Thread.ofVirtual().name("smpp").start(this::acceptSessions);
    }

    /** Binds jSMPP's listener to an address, where its own factory takes a port only. */
    private static final class Loopback implements ServerConnectionFactory {
        private static final int BACKLOG = 10;

        private final InetSocketAddress bind;
        private int port;

        Loopback(InetSocketAddress bind) {
            this.bind = bind;
        }

        @Override
        public ServerConnection listen(int wanted) throws IOException {
            ServerSocket socket = new ServerSocket(wanted, BACKLOG, bind.getAddress());
            port = socket.getLocalPort();
            return new ServerSocketConnection(socket);
        }

        @Override
        public ServerConnection listen(int wanted, int timeout) throws IOException {
            return listen(wanted);
        }

        @Override
        public ServerConnection listen(int wanted, int timeout, int backlog) throws IOException {
            return listen(wanted);
        }
    }

    /** The ME that messages go to. */
    public void attach(MobileEquipment equipment) {
        me.set(equipment);
    }

    public InetSocketAddress address() {
        return address;
    }

    private void acceptSessions() {
        try {
            while (true) {
                SMPPServerSession session = listener.accept();
                var unused = Thread.ofVirtual().start(() -> bind(session));
            }
        } catch (IOException e) {
            LOG.debug("no more SMPP sessions: {}", e.getMessage()); // closed
        }
    }

    private void bind(SMPPServerSession session) {
        try {
            BindRequest request = session.waitForBind(BIND_LIMIT);
            session.addSessionStateListener((state, old, source) -> {
                if (!state.isBound()) {
                    sessions.remove(session);
                }
            });
            if (request.getBindType() != BindType.BIND_TX) {
                sessions.add(session);
            }
            request.accept(SYSTEM_ID, InterfaceVersion.IF_34);
            LOG.info("{} bound by SMPP", request.getSystemId());
        } catch (TimeoutException | IOException | PDUStringException | IllegalStateException e) {
            LOG.warn("no SMPP session: {}", e.getMessage());
            session.close();
        }
    }

    /** Takes a message, and answers with its identifier; it goes to the card when that has been told, or at once. */
    private String accept(Submission submission, boolean atOnce) {
        String id = "%08X".formatted(lastId.incrementAndGet());
        senders.put(submission.sender().number(), submission.sender());
        waiting.put(id, submission);
        if (atOnce) {
            begin(id);
        }
        return id;
    }

    private void begin(String id) {
        Optional.ofNullable(waiting.remove(id)).ifPresent(submission -> work.execute(() -> toCard(id, submission)));
    }

    private void toCard(String id, Submission submission) {
        MobileEquipment equipment = Objects.requireNonNull(me.get(), "no ME is attached");
        try {
            List<ByteString> answers = equipment.receiveShortMessage(OWN_NUMBER, submission.messages());
            for (ByteString report : answers) {
                if (!report.isEmpty()) {
                    deliver(submission.sender(), submission.cardNumber(), SmsContent.decode(report, true));
                }
            }
        } catch (CardLinkException | IllegalArgumentException | CatDecodingException e) {
            LOG.warn("message {} has no answer: {}", id, e.getMessage());
        }
    }

    /** SEND SHORT MESSAGE of the card: to whoever sent from the address it goes to, else to all who are bound. */
    @Override
    public Answer serve(ProactiveCommand command) {
        if (!(command instanceof SendShortMessage send) || send.tpdu().isEmpty()) {
            return WORKING.serve(command);
        }
        try {
            String destination = SmsHeader.of(send.tpdu().get()).address();
            SmsContent content = SmsContent.of(send.tpdu().get());
            work.execute(() -> {
                Sender sender = senders.get(destination);
                if (sender != null && sessions.contains(sender.session())) {
                    deliver(sender, OWN_NUMBER.number(), content);
                } else {
                    sessions.forEach(s -> deliver(new Sender(s, destination), OWN_NUMBER.number(), content));
                }
            });
            return WORKING.serve(command);
        } catch (CatDecodingException e) { // its ESMEs take 8-bit data only
            LOG.warn("short message of the card: {}", e.getMessage());
            return WORKING.serve(command);
        }
    }

    private void deliver(Sender to, String from, SmsContent content) {
        byte[] userData = content.encode().toBytes();
        try {
            to.session()
                    .deliverShortMessage(
                            "",
                            typeOf(from),
                            NumberingPlanIndicator.ISDN,
                            digits(from),
                            typeOf(to.number()),
                            NumberingPlanIndicator.ISDN,
                            digits(to.number()),
                            new ESMClass(content.header().isEmpty() ? 0 : Submissions.HAS_HEADER),
                            (byte) SecuredPush.PROTOCOL_IDENTIFIER,
                            (byte) 0,
                            new RegisteredDelivery(0),
                            new RawDataCoding((byte) SecuredPush.DATA_CODING_SCHEME),
                            userData);
        } catch (PDUException
                | ResponseTimeoutException
                | InvalidResponseException
                | NegativeResponseException
                | IOException e) {
            if (sessions.contains(to.session())) { // else it went when it had what it waited for
                LOG.warn("message to {} does not reach it: {}", to.number(), e.getMessage());
            }
        }
    }

    static TypeOfNumber typeOf(String number) {
        return number.startsWith("+") ? TypeOfNumber.INTERNATIONAL : TypeOfNumber.UNKNOWN;
    }

    static String digits(String number) {
        return number.startsWith("+") ? number.substring(1) : number;
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            LOG.debug("closing", e);
        }
        sessions.forEach(SMPPServerSession::close);
        work.shutdownNow();
    }
}
