// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bipline.cat.text.SmsText;
import org.bipline.cat.tlv.ByteSink;
import org.bipline.cat.tlv.ByteString;

/**
 * Builds the TPDUs of a short message, as many of them as its user data need. 3GPP TS 23.040 clauses 9.2.2.1, 9.2.2.2 and
 * 9.2.3.24.
 */
public final class ShortMessage {
    private static final int NO_MORE_MESSAGES = 0x04;
    private static final int RELATIVE_VALIDITY_PERIOD = 0x10;
    private static final int USER_DATA_HEADER = 0x40;
    private static final int MAX_USER_DATA = 140;
    private static final int MAX_PARTS = 255;
    /** Room of a character of two codes, or of two characters of UCS2 that belong together. */
    private static final int SHORTEST_PART = 4;

    private static final int DEFAULT_ALPHABET = 0x00;
    private static final int UCS2 = 0x08;
    private static final int ESCAPE = 0x1B;

    private final SmsType type;
    private final String address;
    private final Optional<OffsetDateTime> timeStamp;
    private final List<InformationElement> elements = new ArrayList<>();
    private final List<InformationElement> elementsOfFirst = new ArrayList<>();
    private int messageReference;
    private int protocolIdentifier;
    private int concatenationReference;
    private boolean wideReference;
    private Optional<Integer> validityPeriod = Optional.empty();

    private ShortMessage(SmsType type, String address, Optional<OffsetDateTime> timeStamp) {
        this.type = type;
        this.address = address;
        this.timeStamp = timeStamp;
    }

    /**
     * A message from the service centre.
     *
     * @param originatingAddress digits, with a plus sign when it is international
     */
    public static ShortMessage deliver(String originatingAddress, OffsetDateTime serviceCentreTime) {
        return new ShortMessage(SmsType.DELIVER, originatingAddress, Optional.of(serviceCentreTime));
    }

    /**
     * A message to the service centre.
     *
     * @param destinationAddress digits, with a plus sign when it is international
     */
    public static ShortMessage submit(String destinationAddress) {
        return new ShortMessage(SmsType.SUBMIT, destinationAddress, Optional.empty());
    }

    /** 0 to 255; 0 when it is not given. */
    public ShortMessage protocolIdentifier(int identifier) {
        Bits.u8("protocol identifier", identifier);
        protocolIdentifier = identifier;
        return this;
    }

    /** Of the first TPDU of a SUBMIT, 0 to 255; the next ones count on. 0 when it is not given. */
    public ShortMessage messageReference(int reference) {
        Bits.u8("message reference", reference);
        messageReference = reference;
        return this;
    }

    /** Relative validity period of a SUBMIT as coded in clause 9.2.3.12.1, 0 to 255; none when it is not given. */
    public ShortMessage validityPeriod(int period) {
        Bits.u8("validity period", period);
        validityPeriod = Optional.of(period);
        return this;
    }

    /** What tells the parts of this message from those of others, 0 to 255; 0 when it is not given. */
    public ShortMessage concatenationReference(int reference) {
        Bits.u8("concatenation reference", reference);
        concatenationReference = reference;
        wideReference = false;
        return this;
    }

    /** The same in 16 bits, 0 to 65535, which costs each part one byte more. */
    public ShortMessage concatenationReference16(int reference) {
        Bits.u16("concatenation reference", reference);
        concatenationReference = reference;
        wideReference = true;
        return this;
    }

    /** An information element in the user data header of every TPDU. */
    public ShortMessage element(int identifier, ByteString value) {
        elements.add(new InformationElement(identifier, value));
        return this;
    }

    /** An information element in the first TPDU alone, as that of a secured packet: 3GPP TS 31.115 clause 4.2. */
    public ShortMessage elementOfFirst(int identifier, ByteString value) {
        elementsOfFirst.add(new InformationElement(identifier, value));
        return this;
    }

    /** The TPDUs of a text: in the packed default alphabet where that has every character, else in UCS2. */
    public List<SmsTpdu> text(String text) {
        return SmsText.codes(text)
                .map(codes -> tpdus(DEFAULT_ALPHABET, codes))
                .orElseGet(() -> tpdus(UCS2, ByteString.wrap(text.getBytes(StandardCharsets.UTF_16BE))));
    }

    /**
     * The TPDUs of data.
     *
     * @param dataCodingScheme one of eight bits, 3GPP TS 23.038 clause 4
     * @throws IllegalArgumentException when it is one of packed text
     */
    public List<SmsTpdu> data(int dataCodingScheme, ByteString data) {
        Bits.u8("data coding scheme", dataCodingScheme);
        if (SmsText.isPacked(dataCodingScheme)) {
            throw new IllegalArgumentException("data coding scheme " + dataCodingScheme + " is that of packed text");
        }
        return tpdus(dataCodingScheme, data);
    }

    /**
     * Distributes the content.
     *
     * @param content bytes, or the codes of packed text, one a byte
     */
    private List<SmsTpdu> tpdus(int scheme, ByteString content) {
        List<InformationElement> header = header(0, 1);
        if (content.length() <= room(scheme, header)) {
            return List.of(tpdu(scheme, header, content, 0));
        }
        List<ByteString> parts = new ArrayList<>();
        for (int at = 0; at < content.length(); ) {
            int room = room(scheme, header(parts.size(), MAX_PARTS));
            if (room < SHORTEST_PART || parts.size() == MAX_PARTS) {
                throw new IllegalArgumentException(content.length() + " bytes or codes are too many for one message");
            }
            int end = end(scheme, content, at + room);
            parts.add(content.slice(at, end));
            at = end;
        }
        List<SmsTpdu> tpdus = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            tpdus.add(tpdu(scheme, header(i, parts.size()), parts.get(i), i));
        }
        return tpdus;
    }

    /** The elements of one part; those of a message in one part do not tell that. */
    private List<InformationElement> header(int part, int parts) {
        List<InformationElement> header = new ArrayList<>();
        if (parts > 1) {
            header.add(concatenation(parts, part + 1));
        }
        header.addAll(elements);
        if (part == 0) {
            header.addAll(elementsOfFirst);
        }
        return header;
    }

    private InformationElement concatenation(int parts, int number) {
        int low = concatenationReference & 0xFF;
        return wideReference
                ? new InformationElement(
                        InformationElement.CONCATENATED_WITH_16_BITS,
                        ByteString.of(concatenationReference >> 8, low, parts, number))
                : new InformationElement(InformationElement.CONCATENATED, ByteString.of(low, parts, number));
    }

    private static int length(List<InformationElement> header) {
        return header.isEmpty()
                ? 0
                : 1 + header.stream().mapToInt(InformationElement::length).sum();
    }

    /** Bytes, or codes of packed text, that have room behind a header. */
    private static int room(int scheme, List<InformationElement> header) {
        int bytes = MAX_USER_DATA - length(header);
        return SmsText.isPacked(scheme) ? 8 * bytes / 7 : bytes;
    }

    /** Where a part ends that has room up to there, so that no character is cut. */
    private static int end(int scheme, ByteString content, int room) {
        if (room >= content.length()) {
            return content.length();
        }
        if (SmsText.isPacked(scheme)) {
            return content.u8(room - 1) == ESCAPE ? room - 1 : room;
        }
        if (scheme != UCS2) {
            return room;
        }
        int even = room & ~1;
        return Character.isHighSurrogate((char) content.u16(even - 2)) ? even - 2 : even;
    }

    private SmsTpdu tpdu(int scheme, List<InformationElement> elements, ByteString content, int part) {
        int header = length(elements);
        boolean packed = SmsText.isPacked(scheme);
        ByteString body = packed ? SmsText.pack(content, (7 - header * 8 % 7) % 7) : content;
        int userDataLength = packed ? (header * 8 + 6) / 7 + content.length() : header + content.length();
        ByteString number = DialledNumber.value(address);
        boolean deliver = type == SmsType.DELIVER;
        int first = type.code()
                | (deliver ? NO_MORE_MESSAGES : validityPeriod.isPresent() ? RELATIVE_VALIDITY_PERIOD : 0)
                | (header > 0 ? USER_DATA_HEADER : 0);
        ByteString validity = validityPeriod.map(ByteString::of).orElse(ByteString.EMPTY);
        ByteString time = timeStamp.map(t -> DateTimeAndTimeZone.of(t).value()).orElse(ByteString.EMPTY);
        int length = (deliver ? 1 : 2)
                + 1
                + number.length()
                + 2
                + (deliver ? time : validity).length()
                + 1
                + header
                + body.length();
        ByteSink sink = new ByteSink(length).u8(first);
        if (!deliver) {
            sink.u8((messageReference + part) & 0xFF);
        }
        sink.u8(address.length() - (address.startsWith("+") ? 1 : 0))
                .bytes(number)
                .u8(protocolIdentifier)
                .u8(scheme)
                .bytes(deliver ? time : validity)
                .u8(userDataLength);
        if (header > 0) {
            sink.u8(header - 1);
            for (InformationElement element : elements) {
                sink.u8(element.identifier()).u8(element.value().length()).bytes(element.value());
            }
        }
        return new SmsTpdu(sink.bytes(body).toByteString(), !deliver);
    }
}
