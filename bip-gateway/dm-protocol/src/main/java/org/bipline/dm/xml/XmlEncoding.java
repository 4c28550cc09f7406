// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.xml;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bipline.dm.Position;
import org.bipline.dm.Utf8;

/** The character encoding of an XML document. XML 1.0 clause 4.3.3 and appendix F. */
final class XmlEncoding {
    private static final Pattern DECLARED =
            Pattern.compile("^<\\?xml\\s[^>]*?encoding\\s*=\\s*[\"']([A-Za-z][A-Za-z0-9._-]*)[\"']");
    private static final int LONGEST_DECLARATION = 256;

    private XmlEncoding() {}

    /** The document in UTF-8: the array itself where it is that already. */
    static byte[] toUtf8(byte[] document) throws XmlException {
        Charset charset = charset(document);
        String text;
        if (charset.equals(StandardCharsets.UTF_8)) {
            if (isAscii(document)) {
                return document;
            }
            text = Utf8.decode(document, 0, document.length).orElseThrow(() -> wrong("text is not UTF-8"));
        } else {
            try {
                text = charset.newDecoder().decode(ByteBuffer.wrap(document)).toString();
            } catch (CharacterCodingException e) {
                throw wrong("text is not " + charset.name());
            }
        }
        if (text.indexOf('\uFFFE') >= 0 || text.indexOf('\uFFFF') >= 0) {
            throw wrong("text has a character that is none of XML");
        }
        return charset.equals(StandardCharsets.UTF_8) ? document : text.getBytes(StandardCharsets.UTF_8);
    }

    private static boolean isAscii(byte[] document) {
        int all = 0;
        for (byte octet : document) {
            all |= octet;
        }
        return all >= 0;
    }

    private static Charset charset(byte[] document) throws XmlException {
        int first = document.length < 2 ? 0 : (document[0] & 0xFF) << 8 | (document[1] & 0xFF);
        if (first == 0xFEFF || first == 0xFFFE) {
            return StandardCharsets.UTF_16; // which takes the byte order mark away
        }
        if (first == '<') {
            return StandardCharsets.UTF_16BE;
        }
        if (first == '<' << 8) {
            return StandardCharsets.UTF_16LE;
        }
        int length = Math.min(document.length, LONGEST_DECLARATION);
        if (length < 6 || document[0] != '<' || document[1] != '?') {
            return StandardCharsets.UTF_8;
        }
        Matcher declared = DECLARED.matcher(new String(document, 0, length, StandardCharsets.ISO_8859_1));
        if (!declared.find()) {
            return StandardCharsets.UTF_8;
        }
        try {
            Charset charset = Charset.forName(declared.group(1));
            // what could be read so far has one byte a character: UTF-16 is declared but not used
            return charset.newEncoder().maxBytesPerChar() >= 2 && charset.name().startsWith("UTF-")
                    ? StandardCharsets.UTF_8
                    : charset;
        } catch (IllegalCharsetNameException | UnsupportedCharsetException | UnsupportedOperationException e) {
            throw wrong("encoding " + declared.group(1) + " is not known");
        }
    }

    private static XmlException wrong(String what) {
        return new XmlException(new Position.LineColumn(1, 1), what, true);
    }
}
