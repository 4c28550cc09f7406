// SPDX-License-Identifier: Apache-2.0
package org.bipline.me.dm;

import java.util.Optional;
import org.bipline.dm.ByteString;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.bipline.dm.auth.AuthType;
import org.bipline.dm.tnds.MgmtNode;

/**
 * What makes a DMAcc object.
 *
 * @param name name of the object's root below {@code ./DMAcc}
 * @param address URL of the server
 * @param client credentials by which the client authenticates itself; empty for none
 * @param server credentials that the server has to show; their name is the server's identifier where it is empty
 */
public record AccountSettings(
        String name, String serverId, String address, Optional<Login> client, Optional<Login> server) {
    /** Name, secret and the nonce of the first credentials, if both sides were told one. */
    public record Login(AuthType type, String name, String secret, ByteString nonce) {
        @Override
        public String toString() {
            return "Login[" + type + ", " + name + "]";
        }
    }

    /** The object, to be put below {@code ./DMAcc}. */
    public MgmtNode toNode() {
        MgmtNode.Builder appAuth = MgmtNode.interior("AppAuth");
        client.ifPresent(login -> appAuth.child(side("Client", "CLCRED", login)));
        server.ifPresent(login -> appAuth.child(side("Server", "SRVCRED", login)));
        return MgmtNode.interior(name)
                .type("urn:oma:mo:oma-dm-dmacc:1.0")
                .child(MgmtNode.leaf("AppID", "w7"))
                .child(MgmtNode.leaf("ServerID", serverId))
                .child(MgmtNode.interior("AppAddr")
                        .child(MgmtNode.interior("Address")
                                .child(MgmtNode.leaf("Addr", address))
                                .child(MgmtNode.leaf("AddrType", "URI"))))
                .child(appAuth)
                .build();
    }

    private static MgmtNode side(String node, String level, Login login) {
        String type = switch (login.type()) {
            case BASIC -> "BASIC";
            case MD5 -> "DIGEST";
            case MAC -> "HMAC";
        };
        return MgmtNode.interior(node)
                .child(MgmtNode.leaf("AAuthLevel", level))
                .child(MgmtNode.leaf("AAuthType", type))
                .child(MgmtNode.leaf("AAuthName", login.name()))
                .child(MgmtNode.leaf("AAuthSecret", login.secret()))
                .child(MgmtNode.named("AAuthData")
                        .format(Format.BIN)
                        .type("application/octet-stream")
                        .value(NodeValue.binary(login.nonce())))
                .build();
    }
}
