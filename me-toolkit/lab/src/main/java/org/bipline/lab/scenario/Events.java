// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.scenario;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.bipline.cat.object.AccessTechnology.Technology;
import org.bipline.lab.Failure;
import org.bipline.me.Surroundings;

/** Reads what happens round an ME: the events of ETSI TS 102 223 clause 7.5. */
final class Events {
    private static final String WORDS = "user-activity, idle-screen, call-disconnected, browser-termination";
    private static final int TRANSACTION = 1;

    private Events() {}

    static Step.Action read(YamlValue yaml) throws Failure {
        if (!yaml.isMap()) {
            return happens(
                    yaml,
                    switch (yaml.text()) {
                        case "user-activity" -> Surroundings::userActivity;
                        case "idle-screen" -> Surroundings::idleScreenAvailable;
                        case "call-answered" -> s -> s.callAnswered(TRANSACTION);
                        case "call-disconnected" -> s -> s.callDisconnected(TRANSACTION, true, Optional.empty());
                        case "browser-termination" -> s -> s.browserTerminated(false);
                        default ->
                            throw yaml.wrong("\"" + yaml.text() + "\" is no event; write one of " + WORDS
                                    + ", or a map with location, service, call, language, access-technology, search-mode or"
                                    + " screen-busy");
                    });
        }
        Map<String, YamlValue> keys = yaml.entries(
                "location", "service", "call", "language", "access-technology", "search-mode", "screen-busy");
        if (keys.size() != 1) {
            throw yaml.wrong("one event a step");
        }
        Map.Entry<String, YamlValue> event = keys.entrySet().iterator().next();
        YamlValue value = event.getValue();
        return happens(
                yaml,
                switch (event.getKey()) {
                    case "location" -> location(value);
                    case "service" -> {
                        int status = switch (value.text()) {
                            case "normal" -> Surroundings.NORMAL_SERVICE;
                            case "limited" -> Surroundings.LIMITED_SERVICE;
                            case "none" -> Surroundings.NO_SERVICE;
                            default -> throw value.wrong("the service is normal, limited or none");
                        };
                        yield s -> s.service(status);
                    }
                    case "call" -> {
                        String caller = value.text();
                        yield s -> s.incomingCall(TRANSACTION, Optional.of(caller));
                    }
                    case "language" -> {
                        String language = value.text();
                        if (!language.matches("[a-z]{2}")) {
                            throw value.wrong("a language is two letters of ISO 639, such as fr");
                        }
                        yield s -> s.languageSelected(language);
                    }
                    case "access-technology" -> {
                        Technology technology = value.constant(Technology.class);
                        yield s -> s.accessTechnology(technology);
                    }
                    case "search-mode" -> {
                        boolean manual = value.text().equals("manual");
                        if (!manual && !value.text().equals("automatic")) {
                            throw value.wrong("the search mode is manual or automatic");
                        }
                        yield s -> s.networkSearchMode(manual);
                    }
                    default -> {
                        boolean busy = value.truth();
                        yield s -> s.screenBusy(busy);
                    }
                });
    }

    private static Consumer<Surroundings> location(YamlValue value) throws Failure {
        List<YamlValue> parts = value.list();
        if (parts.size() != 3 || !parts.get(0).text().matches("\\d{5,6}")) {
            throw value.wrong("a location is PLMN, area code and cell, such as [\"00101\", 1, 2]");
        }
        String plmn = parts.get(0).text();
        int area = parts.get(1).number(0, 0xFFFF);
        int cell = parts.get(2).number(0, 0xFFFFFFF);
        return s -> s.moveTo(plmn, area, cell);
    }

    private static Step.Action happens(YamlValue yaml, Consumer<Surroundings> change) {
        return new Step.Happens("event " + yaml.document().strip(), change);
    }
}
