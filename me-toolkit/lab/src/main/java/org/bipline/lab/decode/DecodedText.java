// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.decode;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints what was decoded for people. */
public final class DecodedText {
    private DecodedText() {}

    public static void print(Decoded decoded, PrintWriter out) {
        decoded.apdu().ifPresent(apdu -> out.print(exchange(apdu)));
        if (decoded.kind() != Kind.APDU) {
            out.print((decoded.apdu().isPresent() ? ": " : decoded.kind() + ": ") + head(decoded));
        } else {
            decoded.apdu()
                    .map(Decoded.Exchange::response)
                    .filter(data -> !data.isEmpty())
                    .ifPresent(data -> out.print(": " + data));
        }
        out.println();
        for (Decoded.Tlv tlv : decoded.tlvs()) {
            out.printf("  %s%s %s: %s%n", tlv.tag(), tlv.cr() ? "!" : " ", tlv.name(), value(tlv));
        }
        decoded.fields().forEach((name, value) -> out.println("  " + name + ": " + text(value)));
        decoded.xml().ifPresent(out::println);
        decoded.faults().forEach(fault -> out.println("  wrong: " + fault));
    }

    private static String exchange(Decoded.Exchange apdu) {
        String status = apdu.statusWord()
                .map(sw -> apdu.status().orElseThrow() + " " + StatusWords.meaning(sw))
                .orElse("no response");
        return apdu.line() + ": " + apdu.name() + ", " + status;
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
