// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.scenario;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.bipline.cat.envelope.Envelope;
import org.bipline.cat.object.GeneralResult;
import org.bipline.cat.object.Pdu;
import org.bipline.cat.object.Result;
import org.bipline.cat.object.SmsTpdu;
import org.bipline.cat.object.TypeOfCommand;
import org.bipline.cat.tlv.ByteString;
import org.bipline.cat.tlv.CatDecodingException;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.bipline.dm.server.JobSpec;
import org.bipline.dm.server.JobState;
import org.bipline.dm.server.ManagementCommand;
import org.bipline.lab.Failure;
import org.bipline.lab.demo.MoFile;
import org.bipline.me.UserAction;

/** Reads the steps of a scenario: a map each, whose first key says what the step does. */
final class StepReader {
    private static final Duration PATIENCE = Duration.ofMinutes(2); // of the scenario's time

    /** Reads the steps of one verb. */
    private interface Reading {
        Step.Action read(Map<String, YamlValue> step, YamlValue value) throws Failure;
    }

    /** A verb and the keys that may stand beside it. */
    private record Verb(Set<String> companions, Reading reading) {}

    private final Map<String, Verb> verbs = new LinkedHashMap<>();
    private final Set<String> peers;
    private final CardSetup card;

    /** Reads the steps of a scenario with these peers and this card. */
    StepReader(Set<String> peers, CardSetup card) {
        this.peers = peers;
        this.card = card;
        verb("power", (step, value) -> new Step.Power(value.constant(Step.Power.State.class)));
        verb("menu", (step, value) -> new Step.Menu(value.text(), truth(step, "help")), "help");
        verb(
                "expect",
                this::expect,
                "qualifier",
                "with",
                "pdu",
                "within",
                "result",
                "additional",
                "objects",
                "response",
                "after",
                "user");
        verb("issue", this::issue);
        verb("response", this::response, "with", "pdu", "within");
        verb("told", this::told, "with", "pdu", "within");
        verb("event", (step, value) -> Events.read(value));
        verb("envelope", this::envelope, "answers");
        verb("network", (step, value) -> network(value));
        verb("peer", this::peer, "connects", "sends", "does", "receives", "sees-end", "within");
        verb("wait", (step, value) -> new Step.Passes(value.duration(), false));
        verb("quiet", (step, value) -> new Step.Passes(value.duration(), true));
        verb("idle", (step, value) -> new Step.Idle(value.duration()));
        verb("cut", (step, value) -> new Step.Cut(value.number(1, Integer.MAX_VALUE), truth(step, "torn")), "torn");
        verb("push", this::push, "from", "answers");
        verb("apdu", (step, value) -> new Step.Apdu(value.hex(), PduConstraints.pattern(step, "answers")), "answers");
        verb("file", this::file, "record", "holds");
        verb("job", (step, value) -> job(value));
        verb("job-state", this::jobState, "results");
        verb("outcome", (step, value) -> new Step.Outcome(value.text()));
        verb("screen", (step, value) -> new Step.Shows(value.text()));
    }

    private void verb(String name, Reading reading, String... companions) {
        verbs.put(name, new Verb(Set.of(companions), reading));
    }

    /** Reads a step. */
    Step step(YamlValue yaml) throws Failure {
        Map<String, YamlValue> keys = yaml.entries();
        String first = keys.isEmpty() ? "" : keys.keySet().iterator().next();
        Verb verb = verbs.get(first);
        if (verb == null) {
            throw yaml.wrong("a step does not begin with \"" + first + "\"; it begins with one of "
                    + String.join(", ", verbs.keySet()));
        }
        for (Map.Entry<String, YamlValue> entry : keys.entrySet()) {
            String key = entry.getKey();
            if (!key.equals(first) && !key.equals("precondition") && !verb.companions.contains(key)) {
                throw entry.getValue()
                        .wrong("\"" + key + "\" does not go with \"" + first + "\""
                                + (verb.companions.isEmpty()
                                        ? ""
                                        : "; these do: " + String.join(", ", new TreeSet<>(verb.companions))));
            }
        }
        Step.Action action = verb.reading.read(keys, keys.get(first));
        check(action, yaml);
        return new Step(yaml.line(), truth(keys, "precondition"), action);
    }

    /** Refuses steps for which the scenario has not got what they need. */
    private void check(Step.Action action, YamlValue yaml) throws Failure {
        boolean scripted = card instanceof CardSetup.Scripted;
        switch (action) {
            case Step.Issue a -> require(scripted, yaml, "issue", "card: scripted");
            case Step.Response a -> require(scripted, yaml, "response", "card: scripted");
            case Step.Told a -> require(scripted, yaml, "told", "card: scripted");
            case Step.Expect a -> require(!scripted, yaml, "expect", "a card that is not scripted");
            case Step.Apdu a -> require(!scripted, yaml, "apdu", "a card that is not scripted");
            case Step.FileHolds a -> require(!scripted, yaml, "file", "a card that is not scripted");
            case Step.Cut a ->
                require(
                        card instanceof CardSetup.Dm || card instanceof CardSetup.Applets,
                        yaml,
                        "cut",
                        "a simulated card");
            case Step.Job a -> require(card instanceof CardSetup.Dm, yaml, "job", "card: dm");
            case Step.JobIs a -> require(card instanceof CardSetup.Dm, yaml, "job-state", "card: dm");
            case Step.Outcome a -> require(!scripted, yaml, "outcome", "a card with the DM applet");
            case Step.Network.RestartServer a ->
                require(card instanceof CardSetup.Dm, yaml, "network: restart-server", "card: dm");
            case Step.Power a -> {}
            case Step.Menu a -> {}
            case Step.Happens a -> {}
            case Step.Hands a -> {}
            case Step.Network a -> {}
            case Step.PeerActs a -> {}
            case Step.PeerConnects a -> {}
            case Step.PeerReceives a -> {}
            case Step.PeerSeesEnd a -> {}
            case Step.Passes a -> {}
            case Step.Idle a -> {}
            case Step.Push a -> {}
            case Step.Shows a -> {}
        }
    }

    private static void require(boolean met, YamlValue yaml, String step, String need) throws Failure {
        if (!met) {
            throw yaml.wrong("\"" + step + "\" needs " + need);
        }
    }

    private Step.Action expect(Map<String, YamlValue> step, YamlValue value) throws Failure {
        String name = value.text();
        TypeOfCommand command = Stream.of(TypeOfCommand.values())
                .filter(type -> Wanted.same(type.text(), name))
                .findFirst()
                .orElseThrow(() -> value.wrong("no proactive command is called \"" + name
                        + "\"; write it as the standard does, such as OPEN CHANNEL"));
        Optional<UserAction> user = Optional.empty();
        if (step.containsKey("user")) {
            user = Optional.of(UserActions.read(step.get("user")));
        }
        return new Step.Expect(command, PduConstraints.of(step), within(step), reply(step), user);
    }

    private static Step.Reply reply(Map<String, YamlValue> step) throws Failure {
        Duration after = step.containsKey("after") ? step.get("after").duration() : Duration.ZERO;
        if (step.containsKey("response")) {
            return new Step.Reply.Exact(step.get("response").hex(), after);
        }
        if (!step.containsKey("result")) {
            for (String companion : List.of("additional", "objects", "after")) {
                if (step.containsKey(companion)) {
                    throw step.get(companion).wrong("\"" + companion + "\" needs \"result\" or \"response\"");
                }
            }
            return new Step.Reply.Own();
        }
        ByteString additional =
                step.containsKey("additional") ? step.get("additional").hex() : ByteString.EMPTY;
        ByteString objects = step.containsKey("objects") ? objects(step.get("objects")) : ByteString.EMPTY;
        return new Step.Reply.Scripted(new Result(result(step.get("result")), additional), objects, after);
    }

    private static ByteString objects(YamlValue value) throws Failure {
        ByteString encoded = value.hex();
        try {
            Pdu.decodeBare(encoded);
            return encoded;
        } catch (CatDecodingException e) {
            throw value.wrong("no data objects: " + e.getMessage());
        }
    }

    /** A general result by its code in hexadecimal, or by its name. */
    private static int result(YamlValue value) throws Failure {
        String text = value.text();
        if (text.matches("[0-9A-Fa-f]{2}")) {
            return Integer.parseInt(text, 16);
        }
        return Stream.of(GeneralResult.values())
                .filter(result -> Wanted.same(result.name(), text))
                .findFirst()
                .orElseThrow(
                        () -> value.wrong(
                                "\"" + text
                                        + "\" is no general result; write its code as two hexadecimal digits in quotes, such as \"20\""))
                .code();
    }

    private Step.Action issue(Map<String, YamlValue> step, YamlValue value) throws Failure {
        ByteString pdu = value.hex();
        if (pdu.length() > 255) {
            throw value.wrong(pdu.length() + " bytes do not go into the response of a FETCH; 255 do");
        }
        return new Step.Issue(pdu);
    }

    private Step.Action response(Map<String, YamlValue> step, YamlValue value) throws Failure {
        Optional<Integer> result = value.text().equals("any") ? Optional.empty() : Optional.of(result(value));
        return new Step.Response(result, PduConstraints.of(step), within(step));
    }

    private Step.Action told(Map<String, YamlValue> step, YamlValue value) throws Failure {
        return new Step.Told(value.text(), PduConstraints.of(step), within(step));
    }

    private Step.Action envelope(Map<String, YamlValue> step, YamlValue value) throws Failure {
        try {
            return new Step.Hands(Envelope.decode(value.hex()), PduConstraints.pattern(step, "answers"));
        } catch (CatDecodingException e) {
            throw value.wrong("no envelope: " + e.getMessage());
        }
    }

    private Step.Action network(YamlValue value) throws Failure {
        if (!value.isMap()) {
            return switch (value.text()) {
                case "lost" -> new Step.Network.Lose();
                case "regained" -> new Step.Network.Regain();
                case "restart-server" -> new Step.Network.RestartServer();
                default ->
                    throw value.wrong("\"" + value.text() + "\" happens to no network; write lost, regained,"
                            + " restart-server, or a map with lost-after, delay, window, silent or drop");
            };
        }
        Map<String, YamlValue> keys = value.entries("lost-after", "delay", "window", "silent", "drop");
        if (keys.size() != 1) {
            throw value.wrong("give one of lost-after, delay, window, silent and drop");
        }
        Map.Entry<String, YamlValue> one = keys.entrySet().iterator().next();
        YamlValue what = one.getValue();
        return switch (one.getKey()) {
            case "lost-after" -> new Step.Network.LoseAfter(what.number(1, Integer.MAX_VALUE));
            case "delay" -> {
                List<YamlValue> bounds = what.oneOrMore();
                if (bounds.isEmpty() || bounds.size() > 2) {
                    throw what.wrong("a delay is a time, or two: the shortest and the longest");
                }
                Duration shortest = bounds.get(0).duration();
                Duration longest = bounds.get(bounds.size() - 1).duration();
                if (shortest.compareTo(longest) > 0) {
                    throw what.wrong("the shortest delay is longer than the longest");
                }
                yield new Step.Network.Delay(shortest, longest);
            }
            case "window" -> new Step.Network.Window(what.number(1, Integer.MAX_VALUE));
            case "silent" -> new Step.Network.Silent(ScenarioFile.address(what));
            default -> new Step.Network.Drop(what.number(1, 7));
        };
    }

    private Step.Action peer(Map<String, YamlValue> step, YamlValue value) throws Failure {
        String name = value.text();
        if (!peers.contains(name)) {
            throw value.wrong("no peer is called \"" + name + "\"; the scenario has " + peers);
        }
        Set<String> deeds = Set.of("connects", "sends", "does", "receives", "sees-end");
        if (step.keySet().stream().filter(deeds::contains).count() != 1) {
            throw value.wrong("what does the peer do? Give one of connects, sends, does, receives and sees-end");
        }
        if (step.containsKey("connects")) {
            return new Step.PeerConnects(name, step.get("connects").number(1, 0xFFFF));
        }
        if (step.containsKey("receives")) {
            return new Step.PeerReceives(name, bytes(step.get("receives")), within(step));
        }
        if (step.containsKey("sees-end")) {
            if (!step.get("sees-end").truth()) {
                throw step.get("sees-end").wrong("write true, or leave the step out");
            }
            return new Step.PeerSeesEnd(name, within(step));
        }
        if (step.containsKey("sends")) {
            return new Step.PeerActs(name, Step.PeerActs.Deed.SENDS, bytes(step.get("sends")));
        }
        Step.PeerActs.Deed deed = step.get("does").constant(Step.PeerActs.Deed.class);
        if (deed == Step.PeerActs.Deed.SENDS) {
            throw step.get("does").wrong("write sends: and the bytes");
        }
        return new Step.PeerActs(name, deed, ByteString.EMPTY);
    }

    /** Bytes in hexadecimal, or as text in {@code {text: …}}. */
    private static ByteString bytes(YamlValue value) throws Failure {
        if (!value.isMap()) {
            return value.hex();
        }
        Map<String, YamlValue> keys = value.entries("text", "count", "of");
        if (keys.containsKey("text")) {
            return ByteString.wrap(keys.get("text").text().getBytes(StandardCharsets.UTF_8));
        }
        if (!keys.containsKey("count")) {
            throw value.wrong("bytes are hexadecimal, or {text: ...}, or {count: number, of: byte}");
        }
        byte[] filled = new byte[keys.get("count").number(1, 0xFFFF)];
        if (keys.containsKey("of")) {
            Arrays.fill(filled, (byte) keys.get("of").number(0, 0xFF));
        }
        return ByteString.wrap(filled);
    }

    private Step.Action push(Map<String, YamlValue> step, YamlValue value) throws Failure {
        List<SmsTpdu> parts = new ArrayList<>();
        for (YamlValue part : value.oneOrMore()) {
            parts.add(new SmsTpdu(part.hex()));
        }
        String from = step.containsKey("from") ? step.get("from").text() : "+12025550100";
        return new Step.Push(from, parts, PduConstraints.pattern(step, "answers"));
    }

    private Step.Action file(Map<String, YamlValue> step, YamlValue value) throws Failure {
        List<Integer> path = new ArrayList<>();
        for (String identifier : value.text().split("/", -1)) {
            if (!identifier.matches("[0-9A-Fa-f]{4}")) {
                throw value.wrong("a file is named by the identifiers on its path, such as 3F00/2FE2");
            }
            path.add(Integer.parseInt(identifier, 16));
        }
        Optional<HexPattern> content = PduConstraints.pattern(step, "holds");
        if (content.isEmpty()) {
            throw value.wrong("what does the file hold? Give holds: and bytes in hexadecimal");
        }
        Optional<Integer> record = Optional.empty();
        if (step.containsKey("record")) {
            record = Optional.of(step.get("record").number(1, 254));
        }
        return new Step.FileHolds(path, record, content.get());
    }

    private Step.Action job(YamlValue value) throws Failure {
        List<ManagementCommand> commands = new ArrayList<>();
        List<String> words = new ArrayList<>();
        for (YamlValue command : value.oneOrMore()) {
            Map<String, YamlValue> keys = command.entries(
                    "provision", "get", "add", "replace", "delete", "exec", "value", "format", "type", "target");
            String verb = keys.isEmpty() ? "" : keys.keySet().iterator().next();
            YamlValue what = keys.get(verb);
            words.add(verb + " " + (what == null ? "" : what.text()));
            switch (verb) {
                case "provision" -> {
                    if (value.isList()) {
                        throw what.wrong("an object is provisioned by a job of its own");
                    }
                    JobSpec.Provision provision = MoFile.read(Optional.of(what.path()));
                    String target =
                            keys.containsKey("target") ? keys.get("target").text() : provision.target();
                    return new Step.Job(
                            "job: " + words.get(0), new JobSpec.Provision(provision.mo(), target, provision.mode()));
                }
                case "get" -> commands.add(ManagementCommand.get(what.text()));
                case "delete" -> commands.add(ManagementCommand.delete(what.text()));
                case "exec" -> commands.add(ManagementCommand.exec(what.text()));
                case "add" ->
                    commands.add(
                            keys.containsKey("value")
                                    ? ManagementCommand.add(what.text(), format(keys), type(keys), nodeValue(keys))
                                    : ManagementCommand.addInterior(what.text(), Optional.empty()));
                case "replace" ->
                    commands.add(ManagementCommand.replace(what.text(), format(keys), type(keys), nodeValue(keys)));
                default -> throw command.wrong("a job begins with provision, get, add, replace, delete or exec");
            }
        }
        return new Step.Job(
                "job: " + String.join(", ", words), JobSpec.commands(commands.toArray(new ManagementCommand[0])));
    }

    private static Format format(Map<String, YamlValue> keys) throws Failure {
        return keys.containsKey("format") ? keys.get("format").constant(Format.class) : Format.CHR;
    }

    private static String type(Map<String, YamlValue> keys) throws Failure {
        return keys.containsKey("type") ? keys.get("type").text() : "text/plain";
    }

    private static NodeValue nodeValue(Map<String, YamlValue> keys) throws Failure {
        return NodeValue.text(keys.containsKey("value") ? keys.get("value").text() : "");
    }

    private Step.Action jobState(Map<String, YamlValue> step, YamlValue value) throws Failure {
        Map<String, String> results = new HashMap<>();
        if (step.containsKey("results")) {
            for (Map.Entry<String, YamlValue> entry :
                    step.get("results").entries().entrySet()) {
                results.put(entry.getKey(), entry.getValue().text());
            }
        }
        return new Step.JobIs(value.constant(JobState.class), results);
    }

    private static Duration within(Map<String, YamlValue> step) throws Failure {
        return step.containsKey("within") ? step.get("within").duration() : PATIENCE;
    }

    private static boolean truth(Map<String, YamlValue> step, String key) throws Failure {
        return step.containsKey(key) && step.get(key).truth();
    }
}
