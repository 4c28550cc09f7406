// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.bipline.dm.server.Account;
import org.bipline.dm.server.Device;
import org.bipline.lab.Failure;

/** Accounts of devices in a JSON file, which keeps passwords off the command line. */
final class DeviceFile {
    /** How a device authenticates itself, as the file has it. */
    private static final Map<String, Device.Authentication> AUTHENTICATION = Map.of(
            "MD5", Device.Authentication.MD5,
            "MAC", Device.Authentication.MAC,
            "basic", Device.Authentication.BASIC,
            "none", Device.Authentication.NONE);

    /**
     * One entry.
     *
     * @param authentication MD5 where it is left out; {@code none} needs no client's account
     * @param serverName left out, with serverPassword, where the server does not authenticate itself, which goes with {@code basic} and
     *     {@code none}
     */
    record Entry(
            String id,
            String authentication,
            String clientName,
            String clientPassword,
            String serverName,
            String serverPassword) {
        private Device device() throws Failure {
            Device.Authentication type = AUTHENTICATION.get(Objects.requireNonNullElse(authentication, "MD5"));
            if (type == null) {
                throw new Failure(
                        Failure.Kind.INPUT,
                        "authentication '" + authentication + "' is not known; give MD5, MAC, basic or none");
            }
            Account client = type == Device.Authentication.NONE
                    ? Account.of("", "")
                    : Account.of(given("clientName", clientName), given("clientPassword", clientPassword));
            boolean mutual = type == Device.Authentication.MD5 || type == Device.Authentication.MAC;
            Optional<Account> server = mutual || serverName != null
                    ? Optional.of(Account.of(given("serverName", serverName), given("serverPassword", serverPassword)))
                    : Optional.empty();
            return new Device(given("id", id), type, client, server);
        }

        private static String given(String field, String value) throws Failure {
            return Optional.ofNullable(value)
                    .orElseThrow(() -> new Failure(Failure.Kind.INPUT, "a device has no '" + field + "'; add it"));
        }

        /** Without the passwords. */
        @Override
        public String toString() {
            return "Entry[" + id + "]";
        }
    }

    private DeviceFile() {}

    static List<Device> read(Path file) throws Failure {
        ObjectMapper mapper = JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
        try {
            List<Device> devices = new ArrayList<>();
            for (Entry entry : mapper.readValue(Files.readAllBytes(file), Entry[].class)) {
                devices.add(entry.device());
            }
            return devices;
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            String where = at == null ? "" : " line " + at.getLineNr() + ", column " + at.getColumnNr() + ":";
            throw new Failure(
                    Failure.Kind.INPUT,
                    file + ":" + where + " " + e.getOriginalMessage() + "; give a JSON list of devices",
                    e);
        } catch (IOException e) {
            throw new Failure(Failure.Kind.INPUT, file + ": cannot be read; give the path of a JSON file", e);
        } catch (Failure e) {
            throw new Failure(Failure.Kind.INPUT, file + ": " + e.getMessage(), e);
        }
    }
}
