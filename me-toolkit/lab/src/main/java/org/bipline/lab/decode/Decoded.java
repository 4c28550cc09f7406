// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.decode;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bipline.cat.object.CommandDetails;

/**
 * A protocol data unit in its parts.
 *
 * @param name the standard's name of it
 * @param details command details, where it has them
 * @param source device that it comes from
 * @param destination device that it goes to
 * @param tlvs its data objects
 * @param fields decoded fields of a unit that does not consist of data objects
 * @param xml a DM message as XML
 * @param hex the unit encoded anew from its parts
 * @param faults what is wrong with it
 * @param apdu the exchange that it was part of, where it comes from a log
 */
public record Decoded(
        Kind kind,
        String name,
        Optional<CommandDetails> details,
        Optional<String> source,
        Optional<String> destination,
        List<Tlv> tlvs,
        Map<String, Object> fields,
        Optional<String> xml,
        String hex,
        List<String> faults,
        Optional<Exchange> apdu) {
    public Decoded {
        tlvs = List.copyOf(tlvs);
        faults = List.copyOf(faults);
    }

    /** A unit of which only the name is known. */
    static Decoded of(Kind kind, String name, String hex) {
        return new Decoded(
                kind,
                name,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Map.of(),
                Optional.empty(),
                hex,
                List.of(),
                Optional.empty());
    }

    /** The same in the exchange that it was part of. */
    Decoded in(Exchange exchange) {
        return new Decoded(
                kind, name, details, source, destination, tlvs, fields, xml, hex, faults, Optional.of(exchange));
    }

    /** The same with this wrong with it. */
    Decoded withFaults(List<String> wrong) {
        return new Decoded(kind, name, details, source, destination, tlvs, fields, xml, hex, wrong, apdu);
    }

    /** The same with these fields. */
    Decoded withFields(Map<String, Object> values) {
        return new Decoded(kind, name, details, source, destination, tlvs, values, xml, hex, faults, apdu);
    }

    /**
     * A data object.
     *
     * @param tag tag without the comprehension-required flag, in hexadecimal
     * @param cr whether comprehension is required
     * @param value the value in hexadecimal
     * @param fields decoded fields: numbers, texts, truth values, lists and maps of such
     */
    public record Tlv(String tag, boolean cr, String name, String value, Map<String, Object> fields) {}

    /**
     * A command APDU and its response.
     *
     * @param line number of the command's line in the log
     * @param name name of the command, with the file that it is for
     * @param command the command in hexadecimal
     * @param response response data in hexadecimal
     * @param statusWord the status word; absent where the log has no response
     */
    public record Exchange(int line, String name, String command, String response, Optional<Integer> statusWord) {
        /** The status word in hexadecimal. */
        Optional<String> status() {
            return statusWord.map(sw -> String.format("%04X", sw));
        }
    }
}
