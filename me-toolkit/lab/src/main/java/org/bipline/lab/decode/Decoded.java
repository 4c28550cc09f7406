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
 * @param xml a DM message as XML
 * @param hex the unit encoded anew from its parts
 * @param faults what is wrong with it, though it could be read
 */
public record Decoded(
        Kind kind,
        String name,
        Optional<CommandDetails> details,
        Optional<String> source,
        Optional<String> destination,
        List<Tlv> tlvs,
        Optional<String> xml,
        String hex,
        List<String> faults) {
    public Decoded {
        tlvs = List.copyOf(tlvs);
        faults = List.copyOf(faults);
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
}
