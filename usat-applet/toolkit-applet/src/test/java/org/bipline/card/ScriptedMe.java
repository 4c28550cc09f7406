// SPDX-License-Identifier: Apache-2.0
package org.bipline.card;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.bipline.uicc.runtime.Uicc;
import org.bipline.uicc.runtime.UiccBuilder;
import org.bipline.uicc.runtime.UiccListener;

/**
 * A terminal of few bytes: fetches what the card announces, answers with what the test has queued and otherwise with
 * success, keeps what is sent on the channel, and hands out what the test wants to be received. Knows no more of TS 102 223
 * than these tests need, and none of it from the code under test.
 */
public final class ScriptedMe {
    public static final int TIMER_MANAGEMENT = 0x27;
    public static final int DISPLAY_TEXT = 0x21;
    public static final int OPEN_CHANNEL = 0x40;
    public static final int CLOSE_CHANNEL = 0x41;
    public static final int RECEIVE_DATA = 0x42;
    public static final int SEND_DATA = 0x43;

    /** Those that the framework sends on behalf of applets: poll interval, event list, menu. */
    private static final List<String> SYSTEM_COMMANDS = List.of("03", "05", "25");

    private static final int CHANNEL = 1;
    private static final int MAX_RECEIVE = 237;
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final Uicc uicc;
    private final List<Throwable> thrown = new ArrayList<>();
    private final Map<Integer, Deque<String>> answers = new HashMap<>();
    private final List<String> commands = new ArrayList<>();
    private final List<String> questions = new ArrayList<>();
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private byte[] incoming = {};
    private String timerValue;

    /** The card gets power and a terminal profile in which all bits are set but those named, counted from 0. */
    public ScriptedMe(UiccBuilder card, int... missing) {
        uicc = card.listener(new UiccListener() {
                    @Override
                    public void threw(String aid, Throwable exception) {
                        thrown.add(exception);
                    }
                })
                .build();
        start(missing);
    }

    /** Takes a card that is there already, whose exceptions others watch. */
    public ScriptedMe(Uicc existing) {
        uicc = existing;
        start();
    }

    /** Resets the card and starts it up. */
    public void start(int... missing) {
        byte[] profile = new byte[32];
        Arrays.fill(profile, (byte) 0xFF);
        for (int bit : missing) {
            profile[bit / 8] &= (byte) ~(1 << bit % 8);
        }
        timerValue = null;
        incoming = new byte[0];
        uicc.reset();
        sessions(send("80100000", HEX.formatHex(profile)));
    }

    /**
     * Queues the answer to the next command of this type for which none is queued yet.
     *
     * @param result general result and additional information
     * @param objects further objects
     */
    public ScriptedMe answer(int type, String result, String... objects) {
        answers.computeIfAbsent(type, t -> new ArrayDeque<>())
                .add("83" + lengthAndValue(result) + String.join("", objects));
        return this;
    }

    public void selectMenu() {
        envelope("D3", "82020181" + "900101");
    }

    /** The timer that the card has started expires. */
    public void expireTimer() {
        assertThat(timerValue).as("a timer is running").isNotNull();
        String value = timerValue;
        timerValue = null;
        envelope("D7", "82028281" + "A40101" + "A503" + value);
    }

    /** Bytes arrive from the network; the card is told if nothing was waiting. */
    public void receive(byte[] bytes) {
        receive(bytes, 0x80 | CHANNEL);
    }

    /** As {@link #receive(byte[])}, with the first byte of the channel status that the event tells. */
    public void receive(byte[] bytes, int status) {
        boolean quiet = incoming.length == 0;
        incoming = concat(incoming, bytes);
        if (quiet) {
            dataAvailable(status, Math.min(incoming.length, 255));
        }
    }

    /** Bytes arrive, and the event gets lost. */
    public void receiveSilently(byte[] bytes) {
        incoming = concat(incoming, bytes);
    }

    /** DATA AVAILABLE; the status is the channel identifier, or the whole first byte of the channel status. */
    public void dataAvailable(int status, int length) {
        envelope("D6", "190109" + "82028281" + "B802" + hex(0x80 | status) + "00" + "B701" + hex(length));
    }

    /** An event of this number, with these objects. */
    public void event(int number, String objects) {
        envelope("D6", "1901" + hex(number) + "82028281" + objects);
    }

    /** CHANNEL STATUS: link dropped. */
    public void dropLink() {
        channelStatus(CHANNEL, 0x05);
    }

    public void channelStatus(int firstByte, int secondByte) {
        envelope("D6", "19010A" + "82028281" + "B802" + hex(firstByte) + hex(secondByte));
    }

    /** The applet's commands since the last call, without their BER-TLV tag and length. */
    public List<String> commands() {
        List<String> list = List.copyOf(commands);
        commands.clear();
        return list;
    }

    /** Qualifiers of PROVIDE LOCAL INFORMATION since the last call, which are not among the commands. */
    public List<String> questions() {
        List<String> list = List.copyOf(questions);
        questions.clear();
        return list;
    }

    /** Types of the commands since the last call, in hex. */
    public List<String> types() {
        return commands().stream().map(c -> c.substring(6, 8)).toList();
    }

    /** What was sent on the channel since the last call. */
    public byte[] sent() {
        byte[] bytes = sent.toByteArray();
        sent.reset();
        return bytes;
    }

    /** Value of the running timer as in the command, or null. */
    public String timerValue() {
        return timerValue;
    }

    /** Sends an envelope without fetching what the card announces; returns the status word. */
    public String envelopeOnly(String tag, String objects) {
        return send("80C20000", tag + lengthAndValue(objects));
    }

    /** Fetches and answers what a status word announces, and what follows. */
    public void goOn(String status) {
        sessions(status);
    }

    public Uicc uicc() {
        return uicc;
    }

    /** One command outside of proactive sessions, with what T=0 needs: response data and status word, in hex. */
    public String transmit(String apdu) {
        String response = HEX.formatHex(uicc.transmit(HEX.parseHex(apdu)));
        if (response.startsWith("61")) {
            return HEX.formatHex(uicc.transmit(HEX.parseHex("00C00000" + response.substring(2))));
        }
        if (response.startsWith("6C")) {
            return HEX.formatHex(uicc.transmit(HEX.parseHex(apdu.substring(0, 8) + response.substring(2))));
        }
        return response;
    }

    private void envelope(String tag, String objects) {
        sessions(send("80C20000", tag + lengthAndValue(objects)));
    }

    private String send(String header, String data) {
        return HEX.formatHex(uicc.transmit(HEX.parseHex(header + hex(data.length() / 2) + data)));
    }

    /** Fetches and answers until the card has no more commands. */
    private void sessions(String status) {
        String next = status;
        while (next.startsWith("91")) {
            String fetched = HEX.formatHex(uicc.transmit(HEX.parseHex("80120000" + next.substring(2))));
            assertThat(fetched).startsWith("D0").endsWith("9000");
            assertThat(fetched.length() / 2 - 2).isLessThanOrEqualTo(255);
            String command = fetched.substring(fetched.startsWith("D081") ? 6 : 4, fetched.length() - 4);
            if (command.startsWith("26", 6)) {
                questions.add(command.substring(8, 10));
            } else if (!SYSTEM_COMMANDS.contains(command.substring(6, 8))) {
                commands.add(command);
            }
            next = send("80140000", "8103" + command.substring(4, 10) + "82028281" + answer(command));
        }
        assertThat(next).isEqualTo("9000");
        assertThat(thrown).as("what the applet threw").isEmpty();
    }

    private String answer(String command) {
        int type = Integer.parseInt(command.substring(6, 8), 16);
        Deque<String> queued = answers.getOrDefault(type, new ArrayDeque<>());
        String answer = queued.poll();
        boolean performed = answer == null || answer.startsWith("830100") || answer.startsWith("830107");
        if (type == TIMER_MANAGEMENT && performed) {
            timerValue = command.startsWith("00", 8) ? command.substring(command.length() - 6) : null;
        } else if (type == SEND_DATA && performed) {
            sent.writeBytes(HEX.parseHex(value(command, 18)));
        }
        if (answer != null) {
            return answer;
        }
        return switch (type) {
            case TIMER_MANAGEMENT -> "830100" + "A40101";
            case OPEN_CHANNEL ->
                "830100" + "B8028100" + command.substring(command.indexOf("3902"), command.indexOf("3902") + 8);
            case SEND_DATA -> "830100" + "B701FF";
            case RECEIVE_DATA -> received(Integer.parseInt(command.substring(command.length() - 2), 16));
            default -> "830100";
        };
    }

    private String received(int wanted) {
        int count = Math.min(Math.min(wanted, MAX_RECEIVE), incoming.length);
        String data = HEX.formatHex(incoming, 0, count);
        incoming = Arrays.copyOfRange(incoming, count, incoming.length);
        return (count < wanted ? "830102" : "830100") + "B6" + lengthAndValue(data) + "B701"
                + hex(Math.min(incoming.length, 255));
    }

    /** Value of the object at an offset of a command, both in hex. */
    public static String value(String command, int offset) {
        int start = command.startsWith("81", offset + 2) ? offset + 6 : offset + 4;
        int length = Integer.parseInt(command.substring(start - 2, start), 16);
        return command.substring(start, start + 2 * length);
    }

    private static String lengthAndValue(String value) {
        int length = value.length() / 2;
        return (length > 127 ? "81" : "") + hex(length) + value;
    }

    private static String hex(int b) {
        return String.format("%02X", b);
    }

    private static byte[] concat(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }
}
