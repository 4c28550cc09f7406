// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.cli;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.bipline.dm.ByteString;
import org.bipline.dm.server.Account;
import org.bipline.dm.server.Device;
import org.bipline.gateway.PskKeys;
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
     * @param pskIdentity of the device's TLS with a pre-shared key, left out together with pskKey where it has none
     * @param pskKey hexadecimal
     */
    record Entry(
            String id,
            String authentication,
            String clientName,
            String clientPassword,
            String serverName,
            String serverPassword,
            String pskIdentity,
            String pskKey) {
        private Device device(Path file) throws Failure {
            Device.Authentication type = AUTHENTICATION.get(Objects.requireNonNullElse(authentication, "MD5"));
            if (type == null) {
                throw new Failure(
                        Failure.Kind.INPUT,
                        file + ": authentication '" + authentication + "' is not known; give MD5, MAC, basic or none");
            }
            Account client = type == Device.Authentication.NONE
                    ? Account.of("", "")
                    : account(file, "clientName", clientName, "clientPassword", clientPassword);
            boolean mutual = type == Device.Authentication.MD5 || type == Device.Authentication.MAC;
            Optional<Account> server = mutual || serverName != null
                    ? Optional.of(account(file, "serverName", serverName, "serverPassword", serverPassword))
                    : Optional.empty();
            return new Device(given(file, "id", id), type, client, server);
        }

        private void addKey(Path file, Map<ByteString, ByteString> keys) throws Failure {
            if (pskIdentity == null && pskKey == null) {
                return;
            }
            ByteString identity = ByteString.utf8(given(file, "pskIdentity", pskIdentity));
            ByteString key;
            try {
                key = ByteString.hex(given(file, "pskKey", pskKey));
                PskKeys.check(identity, key);
            } catch (IllegalArgumentException e) {
                // without the cause: that of a digit would show the key
                throw new Failure(
                        Failure.Kind.INPUT,
                        file + ": pskIdentity or pskKey of '" + id
                                + "' is wrong; give 1 to 64 bytes and 16 to 32 bytes in hexadecimal");
            }
            if (keys.put(identity, key) != null) {
                throw new Failure(
                        Failure.Kind.INPUT,
                        file + ": pskIdentity '" + pskIdentity + "' is given twice; give each device its own");
            }
        }

        private static Account account(Path file, String nameField, String name, String passwordField, String password)
                throws Failure {
            return Account.of(given(file, nameField, name), given(file, passwordField, password));
        }

        private static String given(Path file, String field, String value) throws Failure {
            return Optional.ofNullable(value)
                    .orElseThrow(
                            () -> new Failure(Failure.Kind.INPUT, file + ": a device has no '" + field + "'; add it"));
        }

        /** Without the passwords and the key. */
        @Override
        public String toString() {
            return "Entry[" + id + "]";
        }
    }

    /** What a file has. */
    record Content(List<Device> devices, PskKeys keys) {
        static final Content NONE = new Content(List.of(), new PskKeys(Map.of(), new SecureRandom()));
    }

    private DeviceFile() {}

    static Content read(Path file) throws Failure {
        List<Device> devices = new ArrayList<>();
        Map<ByteString, ByteString> keys = new HashMap<>();
        for (Entry entry : JsonFile.read(file, Entry[].class, "devices")) {
            devices.add(entry.device(file));
            entry.addKey(file, keys);
        }
        return new Content(devices, new PskKeys(keys, new SecureRandom()));
    }
}
