// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.syncml;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.Map;
import java.util.stream.Stream;

/** Subject of an alert. The numbers are open: one outside the table keeps its value. OMA DM Representation Protocol, alert codes. */
public record AlertCode(int number) {
    public static final AlertCode DISPLAY = new AlertCode(1100);
    public static final AlertCode CONFIRM_OR_REJECT = new AlertCode(1101);
    public static final AlertCode TEXT_INPUT = new AlertCode(1102);
    public static final AlertCode SINGLE_CHOICE = new AlertCode(1103);
    public static final AlertCode MULTIPLE_CHOICE = new AlertCode(1104);
    public static final AlertCode SERVER_INITIATED = new AlertCode(1200);
    public static final AlertCode CLIENT_INITIATED = new AlertCode(1201);
    public static final AlertCode NEXT_MESSAGE = new AlertCode(1222);
    public static final AlertCode SESSION_ABORT = new AlertCode(1223);
    public static final AlertCode CLIENT_EVENT = new AlertCode(1224);
    public static final AlertCode NO_END_OF_DATA = new AlertCode(1225);
    public static final AlertCode GENERIC_ALERT = new AlertCode(1226);

    private static final Map<Integer, String> PHRASES = Stream.of(
                    Map.entry(1100, "display"),
                    Map.entry(1101, "confirm or reject"),
                    Map.entry(1102, "text input"),
                    Map.entry(1103, "single choice"),
                    Map.entry(1104, "multiple choice"),
                    Map.entry(1200, "server-initiated management"),
                    Map.entry(1201, "client-initiated management"),
                    Map.entry(1222, "next message"),
                    Map.entry(1223, "session abort"),
                    Map.entry(1224, "client event"),
                    Map.entry(1225, "no end of data"),
                    Map.entry(1226, "generic alert"))
            .collect(toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    public AlertCode {
        if (number < 0) {
            throw new IllegalArgumentException("code " + number);
        }
    }

    /** What the number means, or an empty text for a number outside the table. */
    public String phrase() {
        return PHRASES.getOrDefault(number, "");
    }

    @Override
    public String toString() {
        return (number + " " + phrase()).stripTrailing();
    }
}
