// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.Map;
import java.util.Optional;
import org.bipline.cat.tlv.ByteSink;
import org.bipline.cat.tlv.ByteString;

/** Result of a proactive command: general result and additional information. ETSI TS 102 223 clause 8.12. */
public record Result(int generalResult, ByteString additionalInformation) implements TypedObject {
    private static final String NO_CAUSE = "no specific cause can be given";
    private static final String[] CALL_CONTROL_PROBLEMS = {
        NO_CAUSE, "action not allowed", "the type of request has changed"
    };
    private static final String[] LAUNCH_BROWSER_ERRORS = {
        NO_CAUSE,
        "bearer unavailable",
        "browser unavailable",
        "terminal unable to read the provisioning data",
        "default URL unavailable"
    };
    private static final String[] MULTIPLE_CARD_ERRORS = {
        NO_CAUSE,
        "card reader removed or not present",
        "card removed or not present",
        "card reader busy",
        "card powered off",
        "C-APDU format error",
        "mute card",
        "transmission error",
        "protocol not supported",
        "specified reader not valid"
    };
    private static final String[] FRAMES_ERRORS = {
        NO_CAUSE,
        "frame identifier is not valid",
        "number of frames beyond the terminal's capabilities",
        "no frame defined",
        "requested size not supported",
        "default active frame is not valid"
    };

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

    static Result decode(ByteString pdu, int from, int to) {
        return new Result(pdu.u8(from), pdu.slice(from + 1, to));
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
            general().ifPresent(general -> cause(fields, general, additionalInformation.u8(0)));
        }
        return fields.toMap();
    }

    private static void cause(Fields fields, GeneralResult general, int cause) {
        switch (general) {
            case TERMINAL_CURRENTLY_UNABLE_TO_PROCESS ->
                fields.put("terminalProblem", cause, TerminalProblem.of(cause));
            case BEARER_INDEPENDENT_PROTOCOL_ERROR ->
                fields.put("bearerIndependentProtocolError", cause, BipError.of(cause));
            case TEMPORARY_PROBLEM_WITH_CALL_CONTROL, PERMANENT_PROBLEM_WITH_CALL_CONTROL ->
                fields.put("callControlProblem", Fields.code(cause, CALL_CONTROL_PROBLEMS));
            case LAUNCH_BROWSER_GENERIC_ERROR ->
                fields.put("launchBrowserError", Fields.code(cause, LAUNCH_BROWSER_ERRORS));
            case MULTIPLE_CARD_COMMAND_ERROR ->
                fields.put("multipleCardCommandError", Fields.code(cause, MULTIPLE_CARD_ERRORS));
            case FRAMES_ERROR -> fields.put("framesError", Fields.code(cause, FRAMES_ERRORS));
            default -> {
                // a cause of the network or of a service stays bytes
            }
        }
    }
}
