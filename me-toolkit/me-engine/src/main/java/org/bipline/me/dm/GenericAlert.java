// SPDX-License-Identifier: Apache-2.0
package org.bipline.me.dm;

import java.util.List;
import java.util.Optional;
import org.bipline.dm.Format;
import org.bipline.dm.syncml.AlertCode;
import org.bipline.dm.syncml.Command;
import org.bipline.dm.syncml.Item;
import org.bipline.dm.syncml.Meta;

/**
 * An event of the client that a server is told: alert 1226. OMA DM Protocol, generic alert.
 *
 * @param account account of the server that is told: root of its DMAcc object
 * @param source URI of the object that the event is about
 * @param type type of the alert
 * @param mark importance: {@code informational} where it is empty
 * @param correlator the correlator of the Exec that led to the event, if it had one
 */
public record GenericAlert(
        String account, String source, String type, Optional<String> mark, Optional<String> correlator, String data) {
    Command.Alert command() {
        Meta.Builder meta = Meta.builder().format(Format.CHR).type(type);
        mark.ifPresent(meta::mark);
        Item item = Item.builder().source(source).meta(meta.build()).data(data).build();
        return new Command.Alert("", Optional.of(AlertCode.GENERIC_ALERT), correlator, List.of(item));
    }
}
