// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.Map;
import java.util.Optional;
import org.bipline.cat.tlv.ByteSink;
import org.bipline.cat.tlv.ByteString;

/** Result of a proactive command: general result and additional information. ETSI TS 102 223 clause 8.12. */
public record Result(int generalResult, ByteString additionalInformation) implements TypedObject {
    public Result {
        Bits.u8("general result", generalResult);
    }

    public static Result of(GeneralResult generalResult) {
        return new Result(generalResult.code(), ByteString.EMPTY);
    }

    public static Result of(BipError error) {
        return new Result(GeneralResult.BEARER_INDEPENDENT_PROTOCOL_ERROR.code(), ByteString.of(error.code()));
    }

    public static Result of(TerminalProblem problem) {
        return new Result(GeneralResult.TERMINAL_CURRENTLY_UNABLE_TO_PROCESS.code(), ByteString.of(problem.code()));
    }

    static Result decode(ByteString value) {
        return new Result(value.u8(0), value.slice(1));
    }

    public Optional<GeneralResult> general() {
        return GeneralResult.of(generalResult);
    }

    /** Whether the general result says that the command was performed: {@code 00} to {@code 0F}. */
    public boolean performed() {
        return generalResult < 0x10;
    }

    /** The cause of a bearer independent protocol error, where there is one. */
    public Optional<BipError> bipError() {
        return generalResult == GeneralResult.BEARER_INDEPENDENT_PROTOCOL_ERROR.code()
                        && !additionalInformation.isEmpty()
                ? BipError.of(additionalInformation.u8(0))
                : Optional.empty();
    }

    @Override
    public DataObjectType type() {
        return DataObjectType.RESULT;
    }

    @Override
    public int length() {
        return 1 + additionalInformation.length();
    }

    @Override
    public void writeTo(ByteSink sink) {
        sink.u8(generalResult).bytes(additionalInformation);
    }

    @Override
    public Map<String, Object> fields() {
        Fields fields = Fields.of().put("generalResult", generalResult, general());
        if (!additionalInformation.isEmpty()) {
            fields.put("additionalInformation", additionalInformation);
            int cause = additionalInformation.u8(0);
            if (generalResult == GeneralResult.BEARER_INDEPENDENT_PROTOCOL_ERROR.code()) {
                fields.put("bearerIndependentProtocolError", cause, BipError.of(cause));
            } else if (generalResult == GeneralResult.TERMINAL_CURRENTLY_UNABLE_TO_PROCESS.code()) {
                fields.put("terminalProblem", cause, TerminalProblem.of(cause));
            }
        }
        return fields.toMap();
    }
}
