// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.bipline.dm.NodeValue;
import org.bipline.dm.syncml.AlertCode;

/**
 * Something of which a client told the server: an item of a generic alert (1226) or of a client event (1224). OMA DM Protocol, Generic
 * Alert.
 *
 * @param correlator the correlator of the Exec that this answers
 * @param source URI of the management object that it is about
 * @param type what kind of event, such as {@code urn:oma:at:fumo:1.0:...} or {@code Reversed-Domain-Name: org.example.event}
 * @param format format of the data; {@code chr} where the client named none
 * @param mark importance, from {@code fatal} to {@code indeterminate}; {@code informational} where the client named none
 */
public record ClientEvent(
        String device,
        String sessionId,
        Instant time,
        AlertCode code,
        Optional<String> correlator,
        Optional<String> source,
        Optional<String> type,
        String format,
        String mark,
        Optional<NodeValue> data) {
    static final String DEFAULT_MARK = "informational";

    public ClientEvent {
        Objects.requireNonNull(correlator);
        Objects.requireNonNull(source);
        Objects.requireNonNull(type);
        Objects.requireNonNull(data);
    }
}
