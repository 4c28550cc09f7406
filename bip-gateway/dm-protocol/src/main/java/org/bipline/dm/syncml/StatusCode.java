// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.syncml;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.Map;
import java.util.stream.Stream;

/** Outcome of a command. The numbers are open: one outside the table keeps its value. OMA DM Representation Protocol, status codes. */
public record StatusCode(int number) {
    public static final StatusCode OK = new StatusCode(200);
    public static final StatusCode ITEM_ADDED = new StatusCode(201);
    public static final StatusCode ACCEPTED_FOR_PROCESSING = new StatusCode(202);
    public static final StatusCode AUTHENTICATION_ACCEPTED = new StatusCode(212);
    public static final StatusCode CHUNKED_ITEM_ACCEPTED = new StatusCode(213);
    public static final StatusCode OPERATION_CANCELLED = new StatusCode(214);
    public static final StatusCode NOT_EXECUTED = new StatusCode(215);
    public static final StatusCode ATOMIC_ROLL_BACK_OK = new StatusCode(216);
    public static final StatusCode NOT_MODIFIED = new StatusCode(304);
    public static final StatusCode BAD_REQUEST = new StatusCode(400);
    public static final StatusCode UNAUTHORIZED = new StatusCode(401);
    public static final StatusCode FORBIDDEN = new StatusCode(403);
    public static final StatusCode NOT_FOUND = new StatusCode(404);
    public static final StatusCode COMMAND_NOT_ALLOWED = new StatusCode(405);
    public static final StatusCode OPTIONAL_FEATURE_NOT_SUPPORTED = new StatusCode(406);
    public static final StatusCode AUTHENTICATION_REQUIRED = new StatusCode(407);
    public static final StatusCode REQUEST_TIMEOUT = new StatusCode(408);
    public static final StatusCode INCOMPLETE_COMMAND = new StatusCode(412);
    public static final StatusCode REQUEST_ENTITY_TOO_LARGE = new StatusCode(413);
    public static final StatusCode URI_TOO_LONG = new StatusCode(414);
    public static final StatusCode UNSUPPORTED_MEDIA_TYPE_OR_FORMAT = new StatusCode(415);
    public static final StatusCode REQUESTED_SIZE_TOO_BIG = new StatusCode(416);
    /** Of the SyncML Representation Protocol; DM names no command that is answered so. */
    public static final StatusCode RETRY_LATER = new StatusCode(417);

    public static final StatusCode ALREADY_EXISTS = new StatusCode(418);
    public static final StatusCode DEVICE_FULL = new StatusCode(420);
    public static final StatusCode SIZE_MISMATCH = new StatusCode(424);
    public static final StatusCode PERMISSION_DENIED = new StatusCode(425);
    public static final StatusCode COMMAND_FAILED = new StatusCode(500);
    public static final StatusCode COMMAND_NOT_IMPLEMENTED = new StatusCode(501);
    public static final StatusCode SERVICE_UNAVAILABLE = new StatusCode(503);
    public static final StatusCode DTD_VERSION_NOT_SUPPORTED = new StatusCode(505);
    public static final StatusCode PROCESSING_ERROR = new StatusCode(506);
    public static final StatusCode ATOMIC_FAILED = new StatusCode(507);
    public static final StatusCode DATA_STORE_FAILURE = new StatusCode(510);
    public static final StatusCode PROTOCOL_VERSION_NOT_SUPPORTED = new StatusCode(513);
    public static final StatusCode OPERATION_CANCELLED_BY_USER = new StatusCode(514);
    public static final StatusCode ATOMIC_ROLL_BACK_FAILED = new StatusCode(516);
    public static final StatusCode ATOMIC_RESPONSE_TOO_LARGE = new StatusCode(517);

    private static final Map<Integer, String> PHRASES = Stream.of(
                    Map.entry(200, "OK"),
                    Map.entry(201, "Item added"),
                    Map.entry(202, "Accepted for processing"),
                    Map.entry(212, "Authentication accepted"),
                    Map.entry(213, "Chunked item accepted and buffered"),
                    Map.entry(214, "Operation cancelled"),
                    Map.entry(215, "Not executed"),
                    Map.entry(216, "Atomic roll back OK"),
                    Map.entry(304, "Not modified"),
                    Map.entry(400, "Bad request"),
                    Map.entry(401, "Invalid credentials"),
                    Map.entry(403, "Forbidden"),
                    Map.entry(404, "Not found"),
                    Map.entry(405, "Command not allowed"),
                    Map.entry(406, "Optional feature not supported"),
                    Map.entry(407, "Missing credentials"),
                    Map.entry(408, "Request timeout"),
                    Map.entry(412, "Incomplete command"),
                    Map.entry(413, "Request entity too large"),
                    Map.entry(414, "URI too long"),
                    Map.entry(415, "Unsupported media type or format"),
                    Map.entry(416, "Requested size too big"),
                    Map.entry(417, "Retry later"),
                    Map.entry(418, "Already exists"),
                    Map.entry(420, "Device full"),
                    Map.entry(424, "Size mismatch"),
                    Map.entry(425, "Permission denied"),
                    Map.entry(500, "Command failed"),
                    Map.entry(501, "Command not implemented"),
                    Map.entry(503, "Service unavailable"),
                    Map.entry(505, "DTD version not supported"),
                    Map.entry(506, "Processing error"),
                    Map.entry(507, "Atomic failed"),
                    Map.entry(510, "Data store failure"),
                    Map.entry(513, "Protocol version not supported"),
                    Map.entry(514, "Operation cancelled"),
                    Map.entry(516, "Atomic roll back failed"),
                    Map.entry(517, "Atomic response too large to fit"))
            .collect(toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    public StatusCode {
        if (number < 0) {
            throw new IllegalArgumentException("code " + number);
        }
    }

    /** What the number means, or an empty text for a number outside the table. */
    public String phrase() {
        return PHRASES.getOrDefault(number, "");
    }

    /** True for 200 to 299. */
    public boolean isSuccess() {
        return number >= 200 && number < 300;
    }

    @Override
    public String toString() {
        return (number + " " + phrase()).stripTrailing();
    }
}
