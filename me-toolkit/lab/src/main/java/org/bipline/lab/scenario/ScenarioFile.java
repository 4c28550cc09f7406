// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.scenario;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bipline.cat.tlv.ByteString;
import org.bipline.dm.server.Device.Transport;
import org.bipline.lab.Failure;
import org.bipline.lab.me.MeProfileFile;
import org.bipline.me.MePreset;
import org.bipline.me.MeProfile;
import org.bipline.me.UserAction;

/** Reads scenarios. Their form: {@code scenario.schema.json}, specs/scenarios.md. */
final class ScenarioFile {
    private static final Pattern ADDRESS = Pattern.compile("\\[?([0-9a-fA-F.:]+?)]?:(\\d{1,5})");
    private static final String[] DM_SETTINGS = {
        "schedule", "bufferSize", "storeNodes", "storeBytes", "maxMsgSize", "maxObjSize", "localPort"
    };
    private static final String AID = "F06269706C0F"; // proprietary, ISO/IEC 7816-5; a number follows
    private static final ByteString NO_PARAMETERS = ByteString.ofHex("C900");

    private ScenarioFile() {}

    static Scenario read(Path file) throws Failure {
        YamlValue root = YamlValue.read(file);
        Map<String, YamlValue> keys = root.entries(
                "title",
                "requirements",
                "clause",
                "me",
                "user",
                "card",
                "server",
                "access-points",
                "peers",
                "addresses",
                "strict",
                "steps");
        for (String needed : List.of("title", "card", "steps")) {
            if (!keys.containsKey(needed)) {
                throw root.wrong("no " + needed + "; a scenario has title, card and steps");
            }
        }
        CardSetup card = card(keys.get("card"));
        Optional<Transport> server = Optional.empty();
        if (keys.containsKey("server")) {
            server = Optional.of(keys.get("server").constant(Transport.class));
        }
        if (card instanceof CardSetup.Dm && server.isEmpty()) {
            throw keys.get("card").wrong("the DM applet has no server; add \"server: tls\" or \"server: plain\"");
        }
        if (!(card instanceof CardSetup.Dm) && server.isPresent()) {
            throw keys.get("server").wrong("only card: dm knows the server; redirect another card by addresses");
        }
        Map<String, Scenario.Peer> peers = peers(YamlValue.of(keys, "peers"));
        List<Step> steps = new ArrayList<>();
        StepReader reader = new StepReader(peers.keySet(), card);
        for (YamlValue step : keys.get("steps").list()) {
            steps.add(reader.step(step));
        }
        if (steps.stream().noneMatch(Step::checks)) {
            throw keys.get("steps")
                    .wrong("the scenario checks nothing, so that it could not fail; add a step such as"
                            + " expect, receives, job-state or apdu with answers that is no precondition");
        }
        return new Scenario(
                file,
                keys.get("title").text(),
                keys.containsKey("requirements") ? keys.get("requirements").texts() : List.of(),
                keys.containsKey("clause") ? keys.get("clause").text() : "",
                me(YamlValue.of(keys, "me")),
                card,
                keys.get("card").line(),
                server,
                peers,
                accessPoints(YamlValue.of(keys, "access-points")),
                user(YamlValue.of(keys, "user")),
                addresses(YamlValue.of(keys, "addresses")),
                keys.containsKey("strict") && keys.get("strict").truth(),
                steps);
    }

    private static MeProfile me(Optional<YamlValue> yaml) throws Failure {
        if (yaml.isEmpty()) {
            return MeProfile.full();
        }
        YamlValue me = yaml.get();
        if (me.isMap()) {
            return MeProfileFile.parse(me.document().getBytes(StandardCharsets.UTF_8), me.file() + ":" + me.line());
        }
        Optional<MePreset> preset = MePreset.of(me.text());
        return preset.isPresent() ? preset.get().profile() : MeProfileFile.read(me.path());
    }

    private static CardSetup card(YamlValue yaml) throws Failure {
        if (!yaml.isMap()) {
            return switch (yaml.text()) {
                case "dm" -> new CardSetup.Dm(Map.of());
                case "scripted" -> new CardSetup.Scripted();
                default ->
                    throw yaml.wrong("\"" + yaml.text()
                            + "\" is no card; write dm, scripted, or a map with dm, applets or reader");
            };
        }
        Map<String, YamlValue> keys = yaml.entries("dm", "applets", "profile", "reader");
        if (keys.containsKey("dm") && keys.size() == 1) {
            Map<String, Integer> settings = new HashMap<>();
            for (Map.Entry<String, YamlValue> entry :
                    keys.get("dm").entries(DM_SETTINGS).entrySet()) {
                settings.put(entry.getKey(), entry.getValue().number(0, 0xFFFF));
            }
            return new CardSetup.Dm(settings);
        }
        if (keys.containsKey("reader") && keys.size() == 1) {
            return new CardSetup.Reader(keys.get("reader").text());
        }
        if (keys.containsKey("applets") && !keys.containsKey("dm") && !keys.containsKey("reader")) {
            List<CardSetup.Applet> applets = new ArrayList<>();
            for (YamlValue applet : keys.get("applets").list()) {
                applets.add(applet(applet, applets.size() + 1));
            }
            Optional<Path> profile = Optional.empty();
            if (keys.containsKey("profile")) {
                profile = Optional.of(keys.get("profile").path());
            }
            return new CardSetup.Applets(applets, profile);
        }
        throw yaml.wrong("which card? give one of dm, applets (with profile where you like) and reader");
    }

    private static CardSetup.Applet applet(YamlValue yaml, int number) throws Failure {
        Map<String, YamlValue> keys = yaml.entries("jar", "class", "aid", "parameters");
        if (!keys.containsKey("jar") || !keys.containsKey("class")) {
            throw yaml.wrong("an applet has jar (a jar or directory with its class files) and class");
        }
        return new CardSetup.Applet(
                yaml.line(),
                keys.get("jar").path(),
                keys.get("class").text(),
                keys.containsKey("aid") ? keys.get("aid").hex() : ByteString.ofHex("%s%02X".formatted(AID, number)),
                keys.containsKey("parameters") ? keys.get("parameters").hex() : NO_PARAMETERS);
    }

    private static Map<String, Scenario.Peer> peers(Optional<YamlValue> yaml) throws Failure {
        Map<String, Scenario.Peer> peers = new HashMap<>();
        if (yaml.isPresent()) {
            for (Map.Entry<String, YamlValue> entry : yaml.get().entries().entrySet()) {
                peers.put(entry.getKey(), peer(entry.getValue()));
            }
        }
        return peers;
    }

    private static Scenario.Peer peer(YamlValue yaml) throws Failure {
        Map<String, YamlValue> keys = yaml.entries("tcp", "udp", "echo");
        if (keys.containsKey("tcp") && keys.containsKey("udp")) {
            throw yaml.wrong(
                    "a peer has tcp or udp, its address such as 192.0.2.10:8080, or none of both if it only connects");
        }
        boolean udp = keys.containsKey("udp");
        YamlValue at = keys.get(udp ? "udp" : "tcp");
        return new Scenario.Peer(
                at == null ? Optional.empty() : Optional.of(address(at)),
                udp,
                keys.containsKey("echo") && keys.get("echo").truth());
    }

    private static Map<String, Optional<Scenario.Login>> accessPoints(Optional<YamlValue> yaml) throws Failure {
        Map<String, Optional<Scenario.Login>> accessPoints = new HashMap<>();
        if (yaml.isPresent()) {
            for (Map.Entry<String, YamlValue> entry : yaml.get().entries().entrySet()) {
                accessPoints.put(entry.getKey(), login(entry.getValue()));
            }
        }
        return accessPoints;
    }

    private static Optional<Scenario.Login> login(YamlValue yaml) throws Failure {
        if (yaml.isNull()) {
            return Optional.empty();
        }
        Map<String, YamlValue> keys = yaml.entries("user", "password");
        if (keys.size() != 2) {
            throw yaml.wrong("an access point has user and password, or nothing (~) where it is open to all");
        }
        return Optional.of(
                new Scenario.Login(keys.get("user").text(), keys.get("password").text()));
    }

    private static List<UserAction> user(Optional<YamlValue> yaml) throws Failure {
        List<UserAction> actions = new ArrayList<>();
        if (yaml.isPresent()) {
            for (YamlValue action : yaml.get().oneOrMore()) {
                actions.add(UserActions.read(action));
            }
        }
        return actions;
    }

    private static Map<InetSocketAddress, InetSocketAddress> addresses(Optional<YamlValue> yaml) throws Failure {
        Map<InetSocketAddress, InetSocketAddress> addresses = new HashMap<>();
        if (yaml.isPresent()) {
            for (Map.Entry<String, YamlValue> entry : yaml.get().entries().entrySet()) {
                addresses.put(
                        address(entry.getKey(), entry.getValue()),
                        address(entry.getValue().text(), entry.getValue()));
            }
        }
        return addresses;
    }

    static InetSocketAddress address(YamlValue yaml) throws Failure {
        return address(yaml.text(), yaml);
    }

    private static InetSocketAddress address(String text, YamlValue at) throws Failure {
        Matcher matcher = ADDRESS.matcher(text);
        try {
            if (matcher.matches()) {
                return new InetSocketAddress(
                        InetAddress.getByName(matcher.group(1)), Integer.parseInt(matcher.group(2)));
            }
        } catch (UnknownHostException | IllegalArgumentException e) {
            throw at.wrong("\"" + text + "\" is no address: " + e.getMessage());
        }
        throw at.wrong("\"" + text + "\" is no address with a port, such as 192.0.2.10:8080 or [2001:db8::1]:80");
    }
}
