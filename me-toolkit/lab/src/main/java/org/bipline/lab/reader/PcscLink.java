// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.reader;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.smartcardio.Card;
import javax.smartcardio.CardException;
import javax.smartcardio.CardNotPresentException;
import javax.smartcardio.CardTerminal;
import javax.smartcardio.TerminalFactory;
import org.bipline.me.CardLink;
import org.bipline.me.CardLinkException;

/**
 * The way from an ME to the card in a PC/SC reader.
 *
 * <p>Status words reach the ME as the card sent them: the JDK's own GET RESPONSE is switched off. PC/SC cannot take the
 * power away from a card that another program uses too, so {@link #close} resets it instead. The JDK keeps logical channels
 * to itself: MANAGE CHANNEL, and commands for a channel other than the basic one, are answered with 6881 here.
 */
public final class PcscLink implements CardLink {
    private static final String LIBRARY = "sun.security.smartcardio.library";
    private static final Path LIBRARIES = Path.of("/usr/lib");
    private static final int RESPONSE = 258; // 256 bytes of data and the status word
    private static final int MANAGE_CHANNEL = 0x70;
    private static final byte[] NO_LOGICAL_CHANNELS = {0x68, (byte) 0x81};
    /** Commands of ETSI TS 102 221 and TS 102 223 with both data and response data. */
    private static final List<Integer> CASE_4 = List.of(0xA4, 0xC2, 0x88, 0x89, 0xA2, 0x32, 0xCB);

    private static final int SELECT = 0xA4;
    private static final int NO_DATA_RETURNED = 0x0C;

    static {
        System.setProperty("sun.security.smartcardio.t0GetResponse", "false");
        System.setProperty("sun.security.smartcardio.t1GetResponse", "false");
        if (System.getProperty(LIBRARY) == null) {
            findLibrary();
        }
    }

    private final CardTerminal reader;
    private Card card;

    PcscLink(CardTerminal reader) {
        this.reader = reader;
    }

    /** The JDK looks for the link that only Debian's development package has; this takes the library itself. */
    private static void findLibrary() {
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(LIBRARIES, "*-linux-gnu*")) {
            for (Path directory : directories) {
                Path library = directory.resolve("libpcsclite.so.1");
                if (Files.exists(library)) {
                    System.setProperty(LIBRARY, library.toString());
                    return;
                }
            }
        } catch (IOException e) {
            return; // another system: the JDK knows its places
        }
    }

    /**
     * Takes a reader.
     *
     * @param name the reader's name or a part of it that no other reader's name has
     * @throws CardLinkException when there is no PC/SC service or not exactly one such reader
     */
    public static PcscLink open(String name) throws CardLinkException {
        return new PcscLink(choose(name, readers()));
    }

    static CardTerminal choose(String name, List<CardTerminal> readers) throws CardLinkException {
        List<CardTerminal> found =
                readers.stream().filter(r -> contains(r.getName(), name)).toList();
        if (found.size() == 1) {
            return found.getFirst();
        }
        for (CardTerminal reader : found) {
            if (reader.getName().equals(name)) { // and others go on where this name ends
                return reader;
            }
        }
        String names = readers.stream().map(r -> '"' + r.getName() + '"').collect(Collectors.joining(", "));
        String what = found.isEmpty() ? "no reader has" : "several readers have";
        throw new CardLinkException(what + " \"" + name + "\" in the name; "
                + (readers.isEmpty() ? "none is connected" : "take one of " + names));
    }

    private static boolean contains(String name, String part) {
        return name.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
    }

    private static List<CardTerminal> readers() throws CardLinkException {
        try {
            return TerminalFactory.getInstance("PC/SC", null).terminals().list();
        } catch (NoSuchAlgorithmException e) {
            throw new CardLinkException(
                    "no PC/SC service answers (" + innermost(e) + "); start pcscd, or install it (package 'pcscd')", e);
        } catch (CardException e) {
            String why = innermost(e);
            if (why.contains("NO_READERS")) {
                return List.of();
            }
            throw new CardLinkException("the PC/SC service does not tell its readers (" + why + "); restart pcscd", e);
        }
    }

    @Override
    public byte[] reset() throws CardLinkException {
        try {
            if (card == null) {
                card = reader.connect("*");
            }
            card.disconnect(true); // whoever had it before has left it in a state that nobody knows
            card = reader.connect("*");
            return card.getATR().getBytes();
        } catch (CardException | IllegalStateException e) {
            card = null;
            throw lost(e);
        }
    }

    @Override
    public byte[] transmit(byte[] command) throws CardLinkException {
        if (card == null) {
            throw new CardLinkException("the card in " + reader.getName() + " has no power; reset it first");
        }
        boolean interindustry = command.length > 0 && command[0] >= 0;
        if (interindustry && ((command[0] & 0x43) != 0 || (command.length > 1 && command[1] == MANAGE_CHANNEL))) {
            return NO_LOGICAL_CHANNELS.clone();
        }
        ByteBuffer response = ByteBuffer.allocate(RESPONSE);
        try {
            card.getBasicChannel().transmit(ByteBuffer.wrap(forProtocol(command)), response);
        } catch (CardException | IllegalStateException e) {
            throw lost(e);
        }
        return Arrays.copyOf(response.array(), response.position());
    }

    /** In T=1 a command says by Le that it expects data beside its own: the ME leaves it out, as T=0 wants it. */
    private byte[] forProtocol(byte[] command) {
        boolean withoutLe = command.length > 5 && command.length == 5 + (command[4] & 0xFF);
        if (!card.getProtocol().equals("T=1") || !withoutLe || !CASE_4.contains(command[1] & 0xFF)) {
            return command;
        }
        boolean noData = (command[1] & 0xFF) == SELECT && (command[3] & NO_DATA_RETURNED) == NO_DATA_RETURNED;
        return noData ? command : Arrays.copyOf(command, command.length + 1);
    }

    private CardLinkException lost(Exception e) {
        String why = innermost(e);
        String name = "reader \"" + reader.getName() + "\"";
        String message;
        if (e instanceof CardNotPresentException) {
            message = "no card in " + name + "; insert one";
        } else if (why.contains("REMOVED") || why.contains("removed") || why.contains("UNPOWERED")) {
            message = "the card was taken out of " + name + "; insert it and start anew";
        } else if (why.contains("RESET")) {
            message = "another program reset the card in " + name + "; end that program and start anew";
        } else if (why.contains("UNRESPONSIVE") || why.contains("NOT_TRANSACTED")) {
            message = "the card in " + name + " does not answer (" + why + "); insert it anew";
        } else if (why.contains("READER") || why.contains("SERVICE")) {
            message = name + " is gone (" + why + "); connect it, see that pcscd runs, and start anew";
        } else {
            message = name + ": " + why + "; see the log of pcscd";
        }
        return new CardLinkException(message, e);
    }

    private static String innermost(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    @Override
    public void close() {
        if (card == null) {
            return;
        }
        try {
            card.disconnect(true);
        } catch (CardException | IllegalStateException e) {
            // the card or the reader is gone, which is what was to come about
        }
        card = null;
    }
}
