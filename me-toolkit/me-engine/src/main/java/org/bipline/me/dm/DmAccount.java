// SPDX-License-Identifier: Apache-2.0
package org.bipline.me.dm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bipline.dm.ByteString;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.bipline.dm.auth.AuthType;
import org.bipline.dm.auth.Credentials;
import org.bipline.dm.tnds.MgmtNode;

/**
 * An account for a server: a DMAcc object as it stands in the tree. OMA DM Standardized Objects, DM Account.
 *
 * @param uri root of the object
 * @param address where the first message of a session goes
 * @param client credentials of this client; empty where it sends none
 * @param server credentials that the server has to show; empty where it need not show any
 */
record DmAccount(String uri, String serverId, String address, Optional<Side> client, Optional<Side> server) {
    /** Where accounts are. */
    static final String ACCOUNTS = "./DMAcc";

    private static final String CLIENT_LEVEL = "CLCRED";
    private static final String SERVER_LEVEL = "SRVCRED";

    /**
     * One side's credentials.
     *
     * @param uri interior node below AppAuth
     * @param nonce nonce of its next credentials
     */
    record Side(String uri, AuthType type, Credentials credentials, ByteString nonce) {}

    /** Identifiers of all servers that have an account. */
    static Set<String> servers(ManagementTree tree) {
        return children(tree, ACCOUNTS).stream()
                .flatMap(account -> tree.text(account + "/ServerID").stream())
                .collect(Collectors.toSet());
    }

    /** The account below this URI; empty if it names no server, no address, or authentication that this client has not. */
    static Optional<DmAccount> of(ManagementTree tree, String uri) {
        Optional<String> serverId = tree.text(uri + "/ServerID");
        Optional<String> address = children(tree, uri + "/AppAddr").stream()
                .flatMap(node -> tree.text(node + "/Addr").stream())
                .findFirst();
        List<String> sides = children(tree, uri + "/AppAuth");
        for (String side : sides) {
            if (type(tree, side).isEmpty()) {
                return Optional.empty();
            }
        }
        if (serverId.isEmpty() || address.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new DmAccount(
                uri,
                serverId.get(),
                address.get(),
                client(tree, uri, sides),
                sides.stream()
                        .filter(side -> isOf(tree, side, SERVER_LEVEL))
                        .findFirst()
                        .map(side -> side(tree, side, serverId.get()))));
    }

    /** Of several credentials of the client those of the preferred type. */
    private static Optional<Side> client(ManagementTree tree, String uri, List<String> sides) {
        Optional<AuthType> preferred = tree.text(uri + "/AAuthPref").flatMap(DmAccount::type);
        List<Side> own = sides.stream()
                .filter(side -> isOf(tree, side, CLIENT_LEVEL))
                .map(side -> side(tree, side, ""))
                .toList();
        return own.stream()
                .filter(side -> preferred.filter(side.type()::equals).isPresent())
                .findFirst()
                .or(() -> own.stream().findFirst());
    }

    private static boolean isOf(ManagementTree tree, String side, String level) {
        return tree.text(side + "/AAuthLevel").filter(level::equals).isPresent();
    }

    private static Side side(ManagementTree tree, String uri, String name) {
        Credentials credentials = Credentials.of(
                tree.text(uri + "/AAuthName").filter(text -> !text.isEmpty()).orElse(name),
                tree.octets(uri + "/AAuthSecret").orElse(ByteString.EMPTY));
        return new Side(
                uri,
                type(tree, uri).orElseThrow(),
                credentials,
                tree.octets(uri + "/AAuthData").orElse(ByteString.EMPTY));
    }

    private static Optional<AuthType> type(ManagementTree tree, String side) {
        return type(tree.text(side + "/AAuthType").orElse("DIGEST"));
    }

    private static Optional<AuthType> type(String text) {
        return switch (text) {
            case "BASIC" -> Optional.of(AuthType.BASIC);
            case "DIGEST" -> Optional.of(AuthType.MD5);
            case "HMAC" -> Optional.of(AuthType.MAC);
            default -> Optional.empty();
        };
    }

    private static List<String> children(ManagementTree tree, String uri) {
        List<String> children = new ArrayList<>();
        tree.node(uri).ifPresent(node -> node.children().forEach(child -> children.add(uri + "/" + child.name())));
        return children;
    }

    /** Keeps the nonce of the next session's credentials. */
    static void keepNonce(ManagementTree tree, Side side, ByteString nonce) {
        tree.note(
                side.uri(),
                MgmtNode.named("AAuthData")
                        .format(Format.BIN)
                        .type("application/octet-stream")
                        .value(NodeValue.binary(nonce))
                        .build());
    }

    @Override
    public String toString() {
        return "DmAccount[" + serverId + " at " + address + "]";
    }
}
