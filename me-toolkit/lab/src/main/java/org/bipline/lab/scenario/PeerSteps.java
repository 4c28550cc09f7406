// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.scenario;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bipline.cat.tlv.ByteString;
import org.bipline.me.network.InMemoryNetwork;
import org.bipline.me.network.Peer;

/** Steps of remote devices, and what happens to the network that leads to them. */
final class PeerSteps {
    private static final Duration TO_CONNECT = Duration.ofSeconds(10);

    private final Scenario scenario;
    private final World world;
    private final Wiring wiring;
    private final Judge judge;
    private final Map<String, Integer> taken = new HashMap<>();

    PeerSteps(Scenario scenario, World world, Wiring wiring, Judge judge) {
        this.scenario = scenario;
        this.world = world;
        this.wiring = wiring;
        this.judge = judge;
    }

    void network(Step.Network what) {
        switch (what) {
            case Step.Network.Drop drop -> wiring.me.dropLink(drop.channel(), "dropped by the scenario");
            case Step.Network.RestartServer restart -> simulated().restartServer();
            case Step.Network.Lose lose -> inMemory().loseCoverage();
            case Step.Network.LoseAfter lose -> inMemory().loseCoverageAfter(lose.bytes());
            case Step.Network.Regain regain -> inMemory().regainCoverage();
            case Step.Network.Delay delay -> inMemory().delay(delay.shortest(), delay.longest());
            case Step.Network.Window window -> inMemory().window(window.bytes());
            case Step.Network.Silent silent -> inMemory().silent(silent.address());
        }
    }

    private InMemoryNetwork inMemory() {
        return simulated().network();
    }

    private SimulatedWorld simulated() {
        return world.simulated()
                .orElseThrow(() -> new IllegalStateException("a real network does not do what a scenario says"));
    }

    void peerActs(Step step, Step.PeerActs acts) {
        if (acts.deed() == Step.PeerActs.Deed.STOPS) {
            inMemory().close(scenario.peers().get(acts.peer()).address().orElseThrow());
            return;
        }
        Optional<Peer> connection = wiring.peer(acts.peer());
        if (connection.isEmpty()) {
            judge.end(step, "", List.of(new Mismatch(acts.peer(), "a connection", "none")));
            return;
        }
        Peer peer = connection.get();
        world.until(() -> peer.isConnected() || peer.end().isPresent() || judge.ended(), TO_CONNECT);
        switch (acts.deed()) {
            case SENDS -> peer.send(acts.bytes());
            case FINISHES -> peer.finish();
            case RESETS -> peer.reset();
            case CLOSES -> peer.close();
            case PAUSES -> peer.pause();
            case RESUMES -> peer.resume();
            case STOPS -> throw new IllegalStateException("done above");
        }
    }

    void connects(Step.PeerConnects connects) {
        wiring.connect(connects.peer(), connects.port(), scenario, world);
        taken.remove(connects.peer());
    }

    void peerReceives(Step step, Step.PeerReceives wanted) {
        int from = taken.getOrDefault(wanted.peer(), 0);
        int to = from + wanted.bytes().length();
        world.until(() -> received(wanted.peer()).length() >= to || judge.ended(), wanted.within());
        ByteString all = received(wanted.peer());
        ByteString seen = all.slice(Math.min(from, all.length()), Math.min(to, all.length()));
        taken.put(wanted.peer(), to);
        judge.check(
                step,
                "received by " + wanted.peer(),
                wanted.bytes().toString(),
                seen.isEmpty() ? "nothing" : seen.toString(),
                seen.equals(wanted.bytes()));
    }

    private ByteString received(String peer) {
        return wiring.peer(peer).map(Peer::received).orElse(ByteString.EMPTY);
    }

    void seesEnd(Step step, Step.PeerSeesEnd wanted) {
        boolean came = world.until(() -> hasEnded(wanted.peer()) || judge.ended(), wanted.within());
        judge.check(
                step,
                wanted.peer(),
                "end of the connection",
                wiring.peer(wanted.peer()).isPresent() ? "it stands" : "there was none",
                came);
    }

    private boolean hasEnded(String peer) {
        return wiring.peer(peer).flatMap(Peer::end).isPresent();
    }
}
