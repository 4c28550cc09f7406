// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bipline.dm.Format;
import org.bipline.dm.server.DmServerListener.Session;
import org.bipline.dm.syncml.AlertCode;
import org.bipline.dm.syncml.Command;
import org.bipline.dm.syncml.Item;
import org.bipline.dm.syncml.Location;
import org.bipline.dm.syncml.Meta;
import org.bipline.dm.syncml.StatusCode;

/** Takes the events of one client, those in chunks too, and keeps them. OMA DM Protocol, Generic Alert. */
final class ClientAlerts {
    private final DmServer server;
    private final Session session;
    private final boolean xml;
    private Optional<ResultsAssembly> open = Optional.empty();
    private Item first = Item.EMPTY;

    ClientAlerts(DmServer server, Session session, boolean xml) {
        this.server = server;
        this.session = session;
        this.xml = xml;
    }

    /**
     * Keeps what a generic alert or a client event says.
     *
     * @return the status of the alert: 412 and nothing kept where an item of a generic alert, or its type, is missing
     */
    StatusCode take(AlertCode code, Command.Alert alert) {
        boolean generic = code.equals(AlertCode.GENERIC_ALERT);
        boolean complete = open.isPresent()
                || alert.items().stream()
                        .allMatch(item -> item.meta().flatMap(Meta::type).isPresent());
        if (generic && (alert.items().isEmpty() || !complete)) {
            return StatusCode.INCOMPLETE_COMMAND;
        }
        List<ClientEvent> events = new ArrayList<>();
        for (Item item : alert.items()) {
            if (open.isEmpty()) {
                first = item;
            }
            ResultsAssembly assembly = open.orElseGet(() -> new ResultsAssembly("", server.maxObjectSize(), xml));
            Optional<StatusCode> status = assembly.take(Optional.empty(), item);
            open = Optional.of(assembly).filter(ResultsAssembly::isOpen);
            if (status.isPresent()) {
                keep(events);
                return status.get();
            }
            events.add(event(code, alert.correlator(), assembly.results().get(0)));
        }
        keep(events);
        return StatusCode.OK;
    }

    private ClientEvent event(AlertCode code, Optional<String> correlator, NodeResult whole) {
        Optional<Meta> meta = first.meta();
        return new ClientEvent(
                session.device(),
                session.sessionId(),
                server.now(),
                code,
                correlator,
                first.source().map(Location::uri),
                meta.flatMap(Meta::type),
                meta.flatMap(Meta::format).orElse(Format.CHR.text()),
                meta.flatMap(Meta::mark).orElse(ClientEvent.DEFAULT_MARK),
                whole.value());
    }

    private void keep(List<ClientEvent> events) {
        for (ClientEvent event : events) {
            server.store().addEvent(event);
            server.listener().eventReceived(session, event);
        }
    }

    /** The client ended its package: an event whose last chunk is missing is lost. Returns the URI it was about. */
    Optional<String> noMoreAlerts() {
        Optional<String> broken = open.map(lost -> first.sourceUri().orElse(""));
        open = Optional.empty();
        return broken;
    }
}
