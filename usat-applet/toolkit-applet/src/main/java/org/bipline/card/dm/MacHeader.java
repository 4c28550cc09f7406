// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import org.bipline.card.https.HttpText;

/**
 * The field {@code x-syncml-hmac} of a transport's header, by which a message of {@code syncml:auth-MAC} is proven: parameters with
 * commas between, in any order. The algorithm may be missing, user name and MAC may not. OMA DM Security 1.2, clause 5.1.4.3.
 */
final class MacHeader {
    private static final byte[] NAME = {'x', '-', 's', 'y', 'n', 'c', 'm', 'l', '-', 'h', 'm', 'a', 'c'};
    private static final byte[] BEFORE_USER = {
        ':', ' ', 'a', 'l', 'g', 'o', 'r', 'i', 't', 'h', 'm', '=', 'M', 'D', '5', ',', ' ', 'u', 's', 'e', 'r', 'n',
        'a', 'm', 'e', '=', '"'
    };
    private static final byte[] BEFORE_MAC = {'"', ',', ' ', 'm', 'a', 'c', '='};

    private static final byte[] ALGORITHM = {'a', 'l', 'g', 'o', 'r', 'i', 't', 'h', 'm'};
    private static final byte[] USER_NAME = {'u', 's', 'e', 'r', 'n', 'a', 'm', 'e'};
    private static final byte[] MAC = {'m', 'a', 'c'};
    private static final byte[] MD5 = {'m', 'd', '5'};

    // what a line had: bits
    private static final byte HAS_USER = 1;
    private static final byte HAS_MAC = 2;
    private static final byte HAS_ALGORITHM = 4;
    private static final byte HAS_NEEDED = HAS_USER | HAS_MAC;

    private MacHeader() {}

    /** Writes the line of the card's message, without its end. */
    static void write(Account account, MessageSink to) {
        to.write(NAME, (short) 0, (short) NAME.length);
        to.write(BEFORE_USER, (short) 0, (short) BEFORE_USER.length);
        account.writeQuotedClientName(to);
        to.write(BEFORE_MAC, (short) 0, (short) BEFORE_MAC.length);
        account.credentials().writeOwnMac(to);
    }

    /** Writes a name, behind its length, as what stands in quotes; it cannot end the line. RFC 9110 clause 5.6.4. */
    static void writeQuoted(byte[] name, MessageSink to) {
        for (short at = 1; at <= name[0]; at++) {
            byte b = name[at];
            if (b == '"' || b == '\\') {
                to.write((byte) '\\');
            }
            to.write((b >= 0 && b < ' ') || b == 0x7F ? (byte) '?' : b);
        }
    }

    /**
     * Takes a line of the header, {@code line[0 .. len)}, if it is this field; texts in quotes are unquoted where they stand. A field
     * that is malformed, of another algorithm or of another user than the account's leaves the message without a MAC.
     */
    static void take(Account account, byte[] line, short len) {
        short colon = HttpText.find(line, len, (byte) ':');
        if (!HttpText.isName(line, colon, NAME)) {
            return;
        }
        byte has = 0;
        short mac = 0;
        short macLength = 0;
        for (short at = (short) (colon + 1); at <= len; at++) { // over the comma
            short name = HttpText.skipBlanks(line, at, len);
            short value = skipTo(line, name, len, (byte) '=');
            short nameLength = (short) (value - name);
            value = HttpText.skipBlanks(line, (short) (value + 1), len);
            boolean quoted = value < len && line[value] == '"';
            short end;
            if (quoted) {
                value++;
                short quote = closingQuote(line, value, len);
                end = unquote(line, value, quote);
                at = (short) (quote + 1);
            } else {
                end = endOfToken(line, value, len);
                at = end;
            }
            at = HttpText.skipBlanks(line, at, len);
            byte bit = parameter(account, line, name, nameLength, value, end);
            if (bit == 0 || (has & bit) != 0 || at > len || (at < len && line[at] != ',')) {
                has = 0;
                break;
            }
            if (bit == HAS_MAC) {
                mac = value;
                macLength = (short) (end - value);
            }
            has |= bit;
        }
        account.credentials().takeMac(line, mac, (has & HAS_NEEDED) == HAS_NEEDED ? macLength : (short) 0);
    }

    /** The bit of the parameter that has this value; 0 if it is none, or not as it has to be. */
    private static byte parameter(Account account, byte[] line, short name, short nameLength, short value, short end) {
        if (isWord(line, name, nameLength, USER_NAME)) {
            return account.isServer(line, value, (short) (end - value)) ? HAS_USER : 0;
        }
        if (isWord(line, name, nameLength, ALGORITHM)) {
            return isWord(line, value, (short) (end - value), MD5) ? HAS_ALGORITHM : 0;
        }
        return isWord(line, name, nameLength, MAC) ? HAS_MAC : 0;
    }

    private static boolean isWord(byte[] line, short off, short len, byte[] word) {
        return len == (short) word.length && HttpText.startsWith(line, off, (short) (off + len), word);
    }

    private static short skipTo(byte[] line, short at, short end, byte b) {
        while (at < end && line[at] != b) {
            at++;
        }
        return at;
    }

    private static short endOfToken(byte[] line, short at, short end) {
        while (at < end && line[at] != ',' && line[at] != ' ' && line[at] != '\t') {
            at++;
        }
        return at;
    }

    /** The quote that ends the text; {@code end} if there is none. */
    private static short closingQuote(byte[] line, short at, short end) {
        while (at < end && line[at] != '"') {
            at = (short) (at + (line[at] == '\\' ? 2 : 1));
        }
        return at < end ? at : end;
    }

    /** Takes the backslashes out of {@code line[at .. end)}, and returns its new end. */
    private static short unquote(byte[] line, short at, short end) {
        short to = at;
        while (at < end) {
            if (line[at] == '\\' && (short) (at + 1) < end) {
                at++;
            }
            line[to++] = line[at++];
        }
        return to;
    }
}
