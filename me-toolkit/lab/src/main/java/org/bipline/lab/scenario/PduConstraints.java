// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bipline.cat.object.DataObjectType;
import org.bipline.lab.Failure;
import org.bipline.lab.decode.Decoded;

/**
 * What a PDU is to have.
 *
 * @param qualifier the command qualifier
 * @param objects what its data objects are to be; others may be there too
 * @param pdu the whole of it
 */
record PduConstraints(Optional<Integer> qualifier, List<ObjectConstraint> objects, Optional<HexPattern> pdu) {
    private static final Pattern NUMBERED = Pattern.compile("(.+?)\\s*#\\s*([1-9]\\d?)");

    /**
     * What a data object is to be.
     *
     * @param title name of the object
     * @param number which of the objects of this name, from 1
     * @param wanted its value, in hexadecimal or decoded; empty when there is to be no such object
     */
    record ObjectConstraint(String title, int number, Optional<Wanted> wanted) {
        private String name() {
            return number == 1 ? title : title + " #" + number;
        }

        private void check(Decoded decoded, List<Mismatch> mismatches) {
            Optional<Decoded.Tlv> seen = decoded.tlvs().stream()
                    .filter(tlv -> Wanted.same(tlv.name(), title))
                    .skip(number - 1L)
                    .findFirst();
            if (wanted.isEmpty()) {
                seen.ifPresent(tlv -> mismatches.add(new Mismatch(name(), "absent", Wanted.shown(tlv.fields()))));
            } else if (seen.isEmpty()) {
                mismatches.add(new Mismatch(name(), wanted.get().toString(), "absent"));
            } else if (!isHexOf(wanted.get(), seen.get())) {
                wanted.get().check(name(), seen.get().fields(), mismatches);
            }
        }

        private static boolean isHexOf(Wanted wanted, Decoded.Tlv tlv) {
            return wanted instanceof Wanted.Value value
                    && HexPattern.of(value.text())
                            .filter(pattern -> pattern.matches(tlv.value()))
                            .isPresent();
        }
    }

    /** The constraints in the keys {@code qualifier}, {@code with} and {@code pdu} of a step. */
    static PduConstraints of(Map<String, YamlValue> step) throws Failure {
        Optional<Integer> qualifier = Optional.empty();
        if (step.containsKey("qualifier")) {
            qualifier = Optional.of(step.get("qualifier").number(0, 0xFF));
        }
        List<ObjectConstraint> objects = new ArrayList<>();
        if (step.containsKey("with")) {
            for (Map.Entry<String, YamlValue> entry : step.get("with").entries().entrySet()) {
                objects.add(constraint(entry.getKey(), entry.getValue()));
            }
        }
        return new PduConstraints(qualifier, objects, pattern(step, "pdu"));
    }

    static Optional<HexPattern> pattern(Map<String, YamlValue> step, String key) throws Failure {
        if (!step.containsKey(key)) {
            return Optional.empty();
        }
        YamlValue yaml = step.get(key);
        return Optional.of(HexPattern.of(yaml.text()).orElseThrow(wrongHex(yaml)));
    }

    private static Supplier<Failure> wrongHex(YamlValue yaml) {
        return () -> yaml.wrong(
                "not hexadecimal; write bytes like D0 2D, with . for any digit and * at the end for any rest");
    }

    private static ObjectConstraint constraint(String key, YamlValue yaml) throws Failure {
        Matcher numbered = NUMBERED.matcher(key);
        String name = numbered.matches() ? numbered.group(1) : key;
        int number = numbered.matches() ? Integer.parseInt(numbered.group(2)) : 1;
        String title = Stream.of(DataObjectType.values())
                .map(DataObjectType::title)
                .filter(known -> Wanted.same(known, name))
                .findFirst()
                .orElseThrow(() -> yaml.wrong(
                        "no data object is called \"" + name + "\"; bipline decode --json names those of a PDU"));
        return new ObjectConstraint(title, number, yaml.isNull() ? Optional.empty() : Optional.of(Wanted.of(yaml)));
    }

    /** What is not as wanted. */
    List<Mismatch> check(Decoded decoded) {
        List<Mismatch> mismatches = new ArrayList<>();
        qualifier.ifPresent(wanted -> decoded.details().ifPresent(details -> {
            if (details.commandQualifier() != wanted) {
                mismatches.add(new Mismatch("command qualifier", hex(wanted), hex(details.commandQualifier())));
            }
        }));
        objects.forEach(constraint -> constraint.check(decoded, mismatches));
        pdu.filter(pattern -> !pattern.matches(decoded.hex()))
                .ifPresent(pattern -> mismatches.add(new Mismatch("PDU", pattern.toString(), decoded.hex())));
        return mismatches;
    }

    private static String hex(int code) {
        return String.format("%02X", code);
    }
}
