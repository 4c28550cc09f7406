// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bipline.cat.text.NationalLanguage;
import org.bipline.cat.text.SmsText;
import org.bipline.cat.tlv.ByteString;

/** User data of a short message: a header with information elements, and a text. 3GPP TS 23.040 clause 9.2.3.24. */
final class SmsUserData {
    private static final int CONCATENATED = 0x00;
    private static final int PORTS_OF_8_BITS = 0x04;
    private static final int PORTS_OF_16_BITS = 0x05;
    private static final int CONCATENATED_WITH_16_BITS = 0x08;
    private static final int SINGLE_SHIFT = 0x24;
    private static final int LOCKING_SHIFT = 0x25;
    private static final int TOOLKIT_SECURITY_HEADERS = 0x70;
    private static final int TOOLKIT_SECURITY_HEADERS_END = 0x7F;

    private SmsUserData() {}

    static void show(Fields fields, int scheme, int length, ByteString data, boolean hasHeader) {
        int header = hasHeader ? 1 + data.u8(0) : 0;
        Optional<NationalLanguage> locking = Optional.empty();
        Optional<NationalLanguage> single = Optional.empty();
        if (hasHeader) {
            List<Object> elements = new ArrayList<>();
            for (int at = 1; at < header; at += 2 + data.u8(at + 1)) {
                int identifier = data.u8(at);
                ByteString value = data.slice(at + 2, at + 2 + data.u8(at + 1));
                elements.add(element(identifier, value).toMap());
                if (value.length() == 1 && identifier == SINGLE_SHIFT) {
                    single = NationalLanguage.of(value.u8(0));
                } else if (value.length() == 1 && identifier == LOCKING_SHIFT) {
                    locking = NationalLanguage.of(value.u8(0));
                }
            }
            fields.put("userDataHeader", elements);
        }
        if (SmsText.isCompressed(scheme)) {
            return;
        }
        if (SmsText.isPacked(scheme)) {
            // The text starts at the next boundary of seven bits behind the header
            int fillBits = (7 - header * 8 % 7) % 7;
            int count = length - (header * 8 + 6) / 7;
            fields.put("text", SmsText.decodePacked(data.slice(header), fillBits, Math.max(0, count), locking, single));
        } else {
            fields.put(
                    "text",
                    SmsText.decode(scheme, data.slice(header, Math.max(header, Math.min(length, data.length())))));
        }
    }

    private static Fields element(int identifier, ByteString v) {
        Fields fields = Fields.of().put("identifier", identifier);
        int length = v.length();
        if (identifier == CONCATENATED && length == 3) {
            return concatenated(fields, v.u8(0), v, 1);
        }
        if (identifier == CONCATENATED_WITH_16_BITS && length == 4) {
            return concatenated(fields, v.u16(0), v, 2);
        }
        if (identifier == PORTS_OF_8_BITS && length == 2) {
            return fields.put("destinationPort", v.u8(0)).put("originatorPort", v.u8(1));
        }
        if (identifier == PORTS_OF_16_BITS && length == 4) {
            return fields.put("destinationPort", v.u16(0)).put("originatorPort", v.u16(2));
        }
        if (identifier == SINGLE_SHIFT && length == 1) {
            return language(fields, "singleShift", v.u8(0));
        }
        if (identifier == LOCKING_SHIFT && length == 1) {
            return language(fields, "lockingShift", v.u8(0));
        }
        if (identifier >= TOOLKIT_SECURITY_HEADERS && identifier <= TOOLKIT_SECURITY_HEADERS_END) {
            fields.put("name", "(U)SIM toolkit security header");
        }
        return fields.put("data", v);
    }

    private static Fields concatenated(Fields fields, int reference, ByteString v, int at) {
        return fields.put("concatenationReference", reference)
                .put("parts", v.u8(at))
                .put("part", v.u8(at + 1));
    }

    private static Fields language(Fields fields, String name, int code) {
        return fields.put(
                name,
                NationalLanguage.of(code)
                        .map(language -> language.name().toLowerCase(Locale.ROOT))
                        .orElse("reserved " + code));
    }
}
