// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.command;

import java.util.List;
import java.util.Optional;
import org.bipline.cat.object.CommandDetails;
import org.bipline.cat.object.DataObject;
import org.bipline.cat.object.DeviceIdentities;
import org.bipline.cat.object.Pdu;
import org.bipline.cat.object.Result;
import org.bipline.cat.tlv.ByteString;
import org.bipline.cat.tlv.CatDecodingException;

/** TERMINAL RESPONSE: the data that answers a proactive command. ETSI TS 102 223 clause 6.8. */
public record TerminalResponse(Pdu pdu) {
    public TerminalResponse {
        if (pdu.tag() != Pdu.BARE) {
            throw new IllegalArgumentException("BER-TLV tag in a terminal response: " + pdu);
        }
    }

    /**
     * Reads the data field of a TERMINAL RESPONSE command, be its set of objects complete or not: {@link #faults} tells.
     *
     * @throws CatDecodingException when its TLV structure is broken
     */
    public static TerminalResponse decode(ByteString bytes) throws CatDecodingException {
        return new TerminalResponse(Pdu.decodeBare(bytes, ResponseStructures::meaning));
    }

    public ByteString encode() {
        return pdu.encode();
    }

    /** The structure of a response to the command that this one answers. */
    public Structure structure() {
        return ResponseStructures.of(pdu);
    }

    /** What is wrong with the response: objects that are missing, malformed or not expected. */
    public List<Fault> faults() {
        return structure().faults(pdu);
    }

    /** Whether the object at this index holds a secret, which no trace may show: what the user entered unseen. */
    public boolean isSecret(int index) {
        return structure().isSecret(pdu, index);
    }

    public Optional<CommandDetails> details() {
        return pdu.first(CommandDetails.class);
    }

    public Optional<DeviceIdentities> devices() {
        return pdu.first(DeviceIdentities.class);
    }

    public Optional<Result> result() {
        return pdu.first(Result.class);
    }

    /** The first object of this kind. */
    public <T extends DataObject> Optional<T> first(Class<T> kind) {
        return pdu.first(kind);
    }
}
