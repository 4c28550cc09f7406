// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.cli;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.bipline.dm.ByteString;
import org.bipline.dm.server.Psk;
import org.bipline.lab.Failure;
import org.bipline.lab.card.AuthorityRights;
import org.bipline.lab.card.DmAppletParameters;

/** Further authorities of a card in a JSON file, which keeps passwords off the command line. */
final class AuthorityFile {
    /**
     * One entry; what is left out is as the card has it by default.
     *
     * @param server address and port
     * @param menuText what the user is shown where he chooses
     * @param level 1 for {@code syncml:auth-md5}, 2 for {@code syncml:auth-MAC}
     * @param pskKey hexadecimal
     * @param commands, privileges, types, names as in {@link AuthorityRights}
     */
    record Entry(
            String server,
            String path,
            String menuText,
            String serverName,
            String serverPassword,
            String clientName,
            String clientPassword,
            Integer level,
            String pskIdentity,
            String pskKey,
            Set<AuthorityRights.Command> commands,
            Set<AuthorityRights.Privilege> privileges,
            List<String> types,
            List<String> names) {
        private DmAppletParameters parameters(Path file) throws Failure {
            try {
                DmAppletParameters parameters = new DmAppletParameters()
                        .destination(address(file))
                        .server(given(file, "serverName", serverName), given(file, "serverPassword", serverPassword))
                        .client(given(file, "clientName", clientName), given(file, "clientPassword", clientPassword))
                        .rights(new AuthorityRights(
                                Objects.requireNonNullElse(commands, Set.of()),
                                Objects.requireNonNullElse(privileges, Set.of()),
                                Objects.requireNonNullElse(types, List.of()),
                                Objects.requireNonNullElse(names, List.of())));
                Optional.ofNullable(path).ifPresent(parameters::path);
                Optional.ofNullable(menuText).ifPresent(parameters::menuText);
                Optional.ofNullable(level).ifPresent(parameters::level);
                if (pskIdentity != null || pskKey != null) {
                    parameters.preSharedKey(psk(file));
                }
                return parameters;
            } catch (IllegalArgumentException e) {
                throw new Failure(
                        Failure.Kind.INPUT, file + ": '" + serverName + "': " + e.getMessage() + "; correct it", e);
            }
        }

        private InetSocketAddress address(Path file) throws Failure {
            String text = given(file, "server", server);
            int colon = text.lastIndexOf(':');
            if (colon < 0 || !text.substring(colon + 1).matches("[0-9]{1,5}")) {
                throw new IllegalArgumentException("server '" + text + "' is not HOST:PORT");
            }
            return new InetSocketAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
        }

        private Psk psk(Path file) throws Failure {
            ByteString identity = ByteString.utf8(given(file, "pskIdentity", pskIdentity));
            String key = given(file, "pskKey", pskKey);
            try {
                return new Psk(identity, ByteString.hex(key));
            } catch (IllegalArgumentException e) {
                // without the cause: that of a digit would show the key
                throw new Failure(
                        Failure.Kind.INPUT,
                        file + ": pskIdentity or pskKey of '" + serverName
                                + "' is wrong; give 1 to 64 bytes and 16 to 32 bytes in hexadecimal");
            }
        }

        private static String given(Path file, String field, String value) throws Failure {
            return Optional.ofNullable(value)
                    .orElseThrow(() ->
                            new Failure(Failure.Kind.INPUT, file + ": an authority has no '" + field + "'; add it"));
        }

        /** Without the passwords and the key. */
        @Override
        public String toString() {
            return "Entry[" + serverName + "]";
        }
    }

    private AuthorityFile() {}

    static List<DmAppletParameters> read(Path file) throws Failure {
        List<DmAppletParameters> authorities = new ArrayList<>();
        for (Entry entry : JsonFile.read(file, Entry[].class, "authorities")) {
            authorities.add(entry.parameters(file));
        }
        return authorities;
    }
}
