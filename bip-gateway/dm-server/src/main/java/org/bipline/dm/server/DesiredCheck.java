// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bipline.dm.NodeValue;

/**
 * Finds out which desired states of a device have to be compared with what it has, when no other job is left in a session.
 *
 * <p>A card's VerNo of an interior node counts the changes of everything below it, so that one Get of the node above the MOs tells whether
 * anything has changed since a state was last made so; of other clients that cannot be said (OMA DM Tree and Description, VerNo, speaks of
 * the node's own value), and what they have is compared in each session. After a comparison the version is asked for again, and kept. That
 * of a failed one is kept as well: where nothing has changed the client would refuse the same again.
 */
final class DesiredCheck {
    private static final String VERSION = "?prop=VerNo";

    /** How cards with the DM applet of this project name themselves. */
    private static final String CARD = "ICCID:";

    private final DmServer server;
    private final String device;
    private final Set<Long> ended = new HashSet<>();
    private final Set<Long> compared = new HashSet<>();
    private final Set<Long> settled = new HashSet<>();
    private List<DesiredState> asked = List.of();
    private boolean due = true;

    DesiredCheck(DmServer server, String device) {
        this.server = server;
        this.device = device;
    }

    /** A job has ended for good in this session. */
    void jobEnded(long job) {
        ended.add(job);
        due = true;
    }

    /** True if {@link #next()} may have something to do. */
    boolean isDue() {
        return due;
    }

    /** Gets of versions. Where there are none, jobs may have been queued. */
    List<Step> next() {
        due = false;
        List<DesiredState> open = server.store().desired(device).stream()
                .filter(state -> !settled.contains(state.job()))
                .filter(state -> ended.contains(state.job()) || !compared.contains(state.job()))
                .toList();
        if (!device.startsWith(CARD)) {
            open.forEach(state -> take(state, Optional.empty()));
            return List.of();
        }
        asked = open;
        List<Step> gets = new ArrayList<>();
        open.stream()
                .map(DesiredState::parent)
                .distinct()
                .forEach(parent -> gets.add(Step.of(gets.size(), ManagementCommand.get(parent + VERSION))));
        return gets;
    }

    void answered(Step step, Outcome outcome) {
        String uri = step.command().uri();
        String parent = uri.substring(0, uri.length() - VERSION.length());
        Optional<String> version = outcome.isDone()
                ? outcome.result().flatMap(NodeResult::value).flatMap(NodeValue::asText)
                : Optional.empty();
        asked.stream().filter(state -> state.parent().equals(parent)).forEach(state -> take(state, version));
    }

    private void take(DesiredState state, Optional<String> version) {
        if (ended.contains(state.job())) {
            version.ifPresent(known -> server.store().setDesiredVersion(state, known));
            settled.add(state.job());
        } else if (version.isPresent() && version.equals(state.version())) {
            settled.add(state.job());
        } else {
            compared.add(state.job());
            server.store().restartJob(state.job(), server.now()).ifPresent(server::jobStateChanged);
        }
    }
}
