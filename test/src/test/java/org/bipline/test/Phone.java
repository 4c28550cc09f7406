// SPDX-License-Identifier: Apache-2.0
package org.bipline.test;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.bipline.cat.command.ProactiveCommand;
import org.bipline.cat.command.TerminalResponse;
import org.bipline.cat.tlv.ByteString;
import org.bipline.lab.card.DmAppletInstallation;
import org.bipline.lab.card.SessionOutcome;
import org.bipline.lab.card.UiccLink;
import org.bipline.me.MeListener;
import org.bipline.me.MobileEquipment;
import org.bipline.me.NettyBearer;
import org.bipline.me.SystemMeClock;
import org.bipline.uicc.runtime.Uicc;

/** An ME with a card, switched on. Whatever the card connects to, it reaches the server named last. */
final class Phone implements AutoCloseable {
    /** A command APDU and its response, status word included. */
    record Apdu(ByteString command, ByteString response) {
        int cla() {
            return command.u8(0);
        }

        int ins() {
            return command.u8(1);
        }
    }

    /** A proactive command and what the ME answered. */
    record Exchange(ProactiveCommand command, TerminalResponse response) {}

    /** Bytes that the card sent on its channel, or received. */
    record Transfer(boolean sent, ByteString bytes) {}

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final ByteString SELECT_APPLET = ByteString.ofHex("00A4040007" + DmAppletInstallation.AID);
    private static final ByteString GET_OUTCOME = ByteString.ofHex("80CADF2000");

    private final AtomicReference<InetSocketAddress> server = new AtomicReference<>();
    private final NettyBearer bearer = new NettyBearer(1);
    private final SystemMeClock realTime = new SystemMeClock();
    private final MobileEquipment me;
    private final List<Apdu> apdus = new CopyOnWriteArrayList<>();
    private final List<Exchange> exchanges = new CopyOnWriteArrayList<>();
    private final List<Transfer> transfers = new CopyOnWriteArrayList<>();
    private final List<Integer> openChannels = new CopyOnWriteArrayList<>();

    Phone(Uicc card, InetSocketAddress firstServer) throws IOException, TimeoutException {
        this(card, firstServer, settings -> {});
    }

    /** A phone whose ME differs from the full one by {@code settings}. */
    Phone(Uicc card, InetSocketAddress firstServer, Consumer<MobileEquipment.Builder> settings)
            throws IOException, TimeoutException {
        server.set(firstServer);
        MobileEquipment.Builder builder = MobileEquipment.builder()
                .card(new UiccLink(card))
                .bearer(bearer)
                .addressMap(requested -> server.get())
                .clock(realTime)
                .listener(new Recorder());
        settings.accept(builder);
        me = builder.build();
        me.powerOn();
        me.awaitIdle(LIMIT);
    }

    MobileEquipment me() {
        return me;
    }

    void server(InetSocketAddress address) {
        server.set(address);
    }

    /** The user starts a session; returns how it ended. */
    SessionOutcome session() throws IOException, TimeoutException {
        startSession();
        me.awaitIdle(LIMIT);
        return outcome().orElseThrow();
    }

    void startSession() throws IOException {
        me.selectMenuItem(DmAppletInstallation.MENU_TEXT);
    }

    void awaitIdle() throws TimeoutException {
        me.awaitIdle(LIMIT);
    }

    /** How the card says that its last session ended. These two APDUs are not among those recorded. */
    Optional<SessionOutcome> outcome() throws IOException {
        int before = apdus.size();
        me.transmit(SELECT_APPLET);
        byte[] answer = me.transmit(GET_OUTCOME).toBytes();
        apdus.subList(before, apdus.size()).clear();
        return SessionOutcome.decode(answer);
    }

    /** What went over the card interface so far. */
    List<Apdu> apdus() {
        return List.copyOf(apdus);
    }

    List<Exchange> exchanges() {
        return List.copyOf(exchanges);
    }

    /** The commands of this kind, oldest first. */
    <T extends ProactiveCommand> List<T> commands(Class<T> kind) {
        return exchanges.stream()
                .map(Exchange::command)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    /** What crossed the card's channels, oldest first. */
    List<Transfer> transfers() {
        return List.copyOf(transfers);
    }

    /** Channels that were opened and are not closed. */
    List<Integer> openChannels() {
        return List.copyOf(openChannels);
    }

    /** Forgets what was recorded. */
    void forget() {
        apdus.clear();
        exchanges.clear();
        transfers.clear();
    }

    @Override
    public void close() {
        me.close();
        bearer.close();
        realTime.close();
    }

    private final class Recorder implements MeListener {
        private ProactiveCommand pending;

        @Override
        public void apduExchanged(ByteString command, ByteString response, long nanos) {
            apdus.add(new Apdu(command, response));
        }

        @Override
        public void proactiveCommand(ProactiveCommand command) {
            pending = command;
        }

        @Override
        public void terminalResponse(TerminalResponse response) {
            exchanges.add(new Exchange(pending, response));
        }

        @Override
        public void bytesSent(int channel, ByteString bytes) {
            transfers.add(new Transfer(true, bytes));
        }

        @Override
        public void bytesReceived(int channel, ByteString bytes) {
            transfers.add(new Transfer(false, bytes));
        }

        @Override
        public void channelOpened(int channel, int bufferSize, String destination) {
            openChannels.add(channel);
        }

        @Override
        public void channelClosed(int channel, String reason) {
            openChannels.remove(Integer.valueOf(channel));
        }
    }
}
