// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.decode;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints what was decoded for people. */
public final class DecodedText {
    private static final int STATUS_WORD_DIGITS = 4;

    private DecodedText() {}

    public static void print(Decoded decoded, PrintWriter out) {
        String head = decoded.kind() == Kind.APDU ? "" : decoded.kind() + ": " + head(decoded);
        out.println(decoded.apdu()
                .map(apdu -> exchange(apdu) + (head.isEmpty() ? "" : "; " + head))
                .orElse(head));
        for (Decoded.Tlv tlv : decoded.tlvs()) {
            out.printf("  %s%s %s: %s%n", tlv.tag(), tlv.cr() ? "!" : " ", tlv.name(), value(tlv));
        }
        decoded.fields().forEach((name, value) -> out.println("  " + name + ": " + text(value)));
        decoded.xml().ifPresent(out::println);
        decoded.faults().forEach(fault -> out.println("  wrong: " + fault));
    }

    private static String exchange(Decoded.Exchange apdu) {
        String line = apdu.line() + ": " + apdu.name() + ", ";
        if (apdu.statusWord().isEmpty()) {
            return line + "no response";
        }
        int dataDigits = apdu.response().length() - STATUS_WORD_DIGITS;
        String data = dataDigits == 0 ? "" : ", data " + apdu.response().substring(0, dataDigits);
        return line + apdu.status().orElseThrow() + " "
                + StatusWords.meaning(apdu.statusWord().get()) + data;
    }

    private static String head(Decoded decoded) {
        String details = decoded.details()
                .map(d -> ", number " + d.commandNumber() + ", qualifier " + d.commandQualifier())
                .orElse("");
        boolean devices = decoded.source().isPresent() && decoded.destination().isPresent();
        return decoded.name()
                + details
                + (devices
                        ? ", " + decoded.source().get() + " to "
                                + decoded.destination().get()
                        : "");
    }

    private static String value(Decoded.Tlv tlv) {
        return tlv.fields().isEmpty() ? tlv.value() : text(tlv.fields());
    }

    /** A field's value: a code by its name and number, anything else as it is. */
    private static String text(Object value) {
        if (value instanceof Map<?, ?> map) {
            Object code = map.get("code");
            if (code != null) {
                Object name = map.get("name");
                return name == null ? code.toString() : name + " (" + code + ")";
            }
            return map.entrySet().stream()
                    .map(entry -> entry.getKey() + " " + text(entry.getValue()))
                    .collect(Collectors.joining(", "));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(DecodedText::text).collect(Collectors.joining(", "));
        }
        return String.valueOf(value);
    }
}
