// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.Map;
import java.util.Optional;
import org.bipline.cat.tlv.ByteSink;
import org.bipline.cat.tlv.ByteString;

/** Command details. ETSI TS 102 223 clause 8.6. */
public record CommandDetails(int commandNumber, int typeOfCommand, int commandQualifier) implements TypedObject {
    /** Bytes of the value. */
    public static final int LENGTH = 3;

    public CommandDetails {
        Bits.u8("command number", commandNumber);
        Bits.u8("type of command", typeOfCommand);
        Bits.u8("command qualifier", commandQualifier);
    }

    static CommandDetails decode(ByteString pdu, int from, int to) {
        return new CommandDetails(pdu.u8(from), pdu.u8(from + 1), pdu.u8(from + 2));
    }

    public Optional<TypeOfCommand> command() {
        return TypeOfCommand.of(typeOfCommand);
    }

    /** Whether bit 1 (least significant) to 8 of the qualifier is set, counted as the standard counts. */
    public boolean qualifierBit(int bit) {
        return ((commandQualifier >> (bit - 1)) & 1) != 0;
    }

    @Override
    public DataObjectType type() {
        return DataObjectType.COMMAND_DETAILS;
    }

    @Override
    public int length() {
        return LENGTH;
    }

    @Override
    public void writeTo(ByteSink sink) {
        sink.u8(commandNumber).u8(typeOfCommand).u8(commandQualifier);
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.of()
                .put("commandNumber", commandNumber)
                .put("typeOfCommand", typeOfCommand, command())
                .put("commandQualifier", commandQualifier)
                .toMap();
    }
}
