// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bipline.cat.tlv.ByteSink;
import org.bipline.cat.tlv.ByteString;
import org.bipline.cat.tlv.CatDecodingException;

/**
 * What a short message says to its receiver: user data header and what stands behind it, in bytes. 3GPP TS 23.040 clause
 * 9.2.3.24.
 *
 * @param header elements in their order; none where there is no header
 * @param body what is behind the header
 */
public record SmsContent(List<InformationElement> header, ByteString body) {
    private static final String HEADER_CLAUSE = "3GPP TS 23.040 clause 9.2.3.24";

    /**
     * Which part of a message this is.
     *
     * @param reference the same in all parts
     * @param parts 1 to 255
     * @param number 1 to {@code parts}
     */
    public record Part(int reference, int parts, int number) {}

    public SmsContent {
        header = List.copyOf(header);
    }

    /**
     * Reads user data of eight bits.
     *
     * @param hasHeader TP-User-Data-Header-Indicator
     * @throws CatDecodingException when the header or one of its elements is longer than what is left
     */
    public static SmsContent decode(ByteString userData, boolean hasHeader) throws CatDecodingException {
        if (!hasHeader) {
            return new SmsContent(List.of(), userData);
        }
        int end = userData.isEmpty() ? 0 : 1 + userData.u8(0);
        if (end == 0 || end > userData.length()) {
            throw fault("user data header is cut", 0, HEADER_CLAUSE);
        }
        List<InformationElement> elements = new ArrayList<>();
        int at = 1;
        while (at < end) {
            int next = at + 1 < end ? at + 2 + userData.u8(at + 1) : end + 1;
            if (next > end) {
                throw fault("information element is cut", at, HEADER_CLAUSE);
            }
            elements.add(new InformationElement(userData.u8(at), userData.slice(at + 2, next)));
            at = next;
        }
        return new SmsContent(elements, userData.slice(end));
    }

    /**
     * Reads the user data of an SMS-DELIVER or SMS-SUBMIT of eight bits.
     *
     * @throws CatDecodingException when the message is another one or is cut
     */
    public static SmsContent of(SmsTpdu message) throws CatDecodingException {
        SmsHeader header = SmsHeader.of(message);
        ByteString tpdu = message.value();
        int at = header.userDataAt();
        int length = tpdu.u8(at - 1);
        if (length > tpdu.length() - at) {
            throw fault(
                    "user data of %d bytes, %d are left".formatted(length, tpdu.length() - at),
                    at - 1,
                    SmsHeader.CLAUSE);
        }
        return decode(tpdu.slice(at, at + length), header.hasUserDataHeader());
    }

    static CatDecodingException fault(String fault, int offset, String clause) {
        return new CatDecodingException(
                fault, offset, clause, CatDecodingException.DATA_NOT_UNDERSTOOD, Optional.empty());
    }

    /** User data with their header; as decoded, but an empty header is left out. */
    public ByteString encode() {
        if (header.isEmpty()) {
            return body;
        }
        int length = header.stream().mapToInt(InformationElement::length).sum();
        ByteSink sink = new ByteSink(1 + length + body.length()).u8(length);
        header.forEach(e -> sink.u8(e.identifier()).u8(e.value().length()).bytes(e.value()));
        return sink.bytes(body).toByteString();
    }

    /** Whether the header has an element of this identifier. */
    public boolean has(int identifier) {
        return header.stream().anyMatch(e -> e.identifier() == identifier);
    }

    /** Which part it is; empty for a message in one part, and where the element's values are impossible: clause 9.2.3.24.1. */
    public Optional<Part> part() {
        for (InformationElement element : header) {
            ByteString v = element.value();
            int octets = switch (element.identifier()) {
                case InformationElement.CONCATENATED -> 1;
                case InformationElement.CONCATENATED_WITH_16_BITS -> 2;
                default -> 0;
            };
            if (octets > 0 && v.length() == octets + 2 && v.u8(octets + 1) > 0 && v.u8(octets + 1) <= v.u8(octets)) {
                return Optional.of(new Part(octets == 1 ? v.u8(0) : v.u16(0), v.u8(octets), v.u8(octets + 1)));
            }
        }
        return Optional.empty();
    }

    /**
     * The message of all its parts, in whatever order they came: the header of the first without concatenation.
     *
     * @param parts those of one reference; one that names another number of parts than the first is left out
     * @return empty as long as a part is missing
     */
    public static Optional<SmsContent> join(List<SmsContent> parts) {
        int count = parts.stream()
                .flatMap(p -> p.part().stream())
                .mapToInt(Part::parts)
                .findFirst()
                .orElse(1);
        SmsContent[] inOrder = new SmsContent[count];
        for (SmsContent part : parts) {
            Part place = part.part().orElse(new Part(0, 1, 1));
            if (place.parts() == count) {
                inOrder[place.number() - 1] = part;
            }
        }
        ByteString[] bodies = new ByteString[count];
        for (int i = 0; i < count; i++) {
            if (inOrder[i] == null) {
                return Optional.empty();
            }
            bodies[i] = inOrder[i].body;
        }
        List<InformationElement> others = inOrder[0].header.stream()
                .filter(e -> e.identifier() != InformationElement.CONCATENATED
                        && e.identifier() != InformationElement.CONCATENATED_WITH_16_BITS)
                .toList();
        return Optional.of(new SmsContent(others, ByteString.join(bodies)));
    }
}
