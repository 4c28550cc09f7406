// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.bipline.dm.ByteString;
import org.bipline.dm.server.Account;
import org.bipline.dm.server.Device;
import org.bipline.dm.server.Psk;
import org.bipline.lab.Failure;

/** Accounts of devices in a JSON file, which keeps passwords off the command line. */
final class DeviceFile {
    /** How a device authenticates itself, as the file has it. */
    private static final Map<String, Device.Authentication> AUTHENTICATION = Map.of(
            "MD5", Device.Authentication.MD5,
            "MAC", Device.Authentication.MAC,
            "basic", Device.Authentication.BASIC,
            "none", Device.Authentication.NONE);

    /** What the transport of a device's sessions has to be, as the file has it. */
    private static final Map<String, Device.Transport> TRANSPORT =
            Map.of("TLS", Device.Transport.TLS, "plain", Device.Transport.PLAIN);

    /**
     * One entry.
     *
     * @param authentication MD5 where it is left out; {@code none} needs no client's account
     * @param serverName left out, with serverPassword, where the server does not authenticate itself, which goes with {@code basic} and
     *     {@code none}
     * @param pskIdentity of the device's TLS with a pre-shared key, left out together with pskKey where it has none
     * @param pskKey hexadecimal
     * @param transport {@code TLS} where the device has to use it, {@code plain} where it need not; left out, TLS for a device with a key
     */
    record Entry(
            String id,
            String authentication,
            String clientName,
            String clientPassword,
            String serverName,
            String serverPassword,
            String pskIdentity,
            String pskKey,
            String transport) {
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
            Device device = Device.of(given(file, "id", id), type, client, server);
            Optional<Psk> psk = psk(file);
            Device.Transport least = transport(file, psk.isPresent());
            return psk.isPresent() ? device.with(psk.get(), least) : device;
        }

        private Device.Transport transport(Path file, boolean hasKey) throws Failure {
            Device.Transport least = TRANSPORT.get(Objects.requireNonNullElse(transport, hasKey ? "TLS" : "plain"));
            if (least == null) {
                throw new Failure(
                        Failure.Kind.INPUT, file + ": transport '" + transport + "' is not known; give TLS or plain");
            }
            if (least == Device.Transport.TLS && !hasKey) {
                throw new Failure(
                        Failure.Kind.INPUT,
                        file + ": '" + id + "' has to use TLS and has no key; give it pskIdentity and pskKey");
            }
            return least;
        }

        private Optional<Psk> psk(Path file) throws Failure {
            if (pskIdentity == null && pskKey == null) {
                return Optional.empty();
            }
            ByteString identity = ByteString.utf8(given(file, "pskIdentity", pskIdentity));
            String key = given(file, "pskKey", pskKey);
            try {
                return Optional.of(new Psk(identity, ByteString.hex(key)));
            } catch (IllegalArgumentException e) {
                // without the cause: that of a digit would show the key
                throw new Failure(
                        Failure.Kind.INPUT,
                        file + ": pskIdentity or pskKey of '" + id
                                + "' is wrong; give 1 to 64 bytes and 16 to 32 bytes in hexadecimal");
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

    private DeviceFile() {}

    static List<Device> read(Path file) throws Failure {
        List<Device> devices = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        Set<ByteString> identities = new HashSet<>();
        for (Entry entry : JsonFile.read(file, Entry[].class, "devices")) {
            Device device = entry.device(file);
            devices.add(device);
            if (!ids.add(device.id())) {
                throw new Failure(
                        Failure.Kind.INPUT,
                        file + ": device '" + device.id()
                                + "' is given twice; a gateway is one management authority, start"
                                + " another with a directory of its own for another");
            }
            if (device.psk().isPresent() && !identities.add(device.psk().get().identity())) {
                throw new Failure(
                        Failure.Kind.INPUT,
                        file + ": pskIdentity '" + entry.pskIdentity + "' is given twice; give each device its own");
            }
        }
        return devices;
    }
}
