// SPDX-License-Identifier: Apache-2.0
package org.bipline.me.dm;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.bipline.dm.ByteString;
import org.bipline.dm.Format;
import org.bipline.dm.auth.AuthType;
import org.bipline.dm.syncml.AlertCode;
import org.bipline.dm.syncml.Command;
import org.bipline.dm.syncml.Item;
import org.bipline.dm.syncml.Meta;

/** A device with an account, and commands in short. */
final class Fixture {
    static final String ACCOUNT = "./DMAcc/Operator";
    static final String SERVER = "server";
    static final Clock CLOCK = Clock.fixed(Instant.parse("2001-07-11T16:38:17Z"), ZoneOffset.UTC);

    private Fixture() {}

    static ManagementTree tree(Optional<AccountSettings.Login> client, Optional<AccountSettings.Login> server) {
        ManagementTree tree = DeviceTree.factory(DeviceIdentity.of("490154203237518", "en"), CLOCK, 64 * 1024);
        tree.put(
                "./DMAcc",
                new AccountSettings("Operator", SERVER, "http://server.example/dm", client, server).toNode());
        return tree;
    }

    /** A client that sends credentials, and asks the server for none. */
    static ManagementTree tree() {
        return tree(Optional.of(login(AuthType.MD5, "device", "nonce")), Optional.empty());
    }

    static AccountSettings.Login login(AuthType type, String name, String nonce) {
        return new AccountSettings.Login(type, name, "secret of " + name, ByteString.utf8(nonce));
    }

    static DmClient.Builder client(ManagementTree tree, DmTransport server) {
        return DmClient.builder(tree, server, new SplittableRandom(1));
    }

    static Command add(int cmdId, String uri, String value) {
        return Command.Add.of(Integer.toString(cmdId), leaf(uri, value));
    }

    static Command addNode(int cmdId, String uri) {
        return Command.Add.of(
                Integer.toString(cmdId),
                Item.builder().target(uri).meta(Meta.of(Format.NODE)).build());
    }

    static Command replace(int cmdId, String uri, String value) {
        return Command.Replace.of(Integer.toString(cmdId), leaf(uri, value));
    }

    static Item leaf(String uri, String value) {
        return Item.builder()
                .target(uri)
                .meta(Meta.of(Format.CHR, "text/plain"))
                .data(value)
                .build();
    }

    static Command get(int cmdId, String uri) {
        return Command.Get.of(Integer.toString(cmdId), Item.target(uri));
    }

    static Command delete(int cmdId, String uri) {
        return Command.Delete.of(Integer.toString(cmdId), Item.target(uri));
    }

    static Command copy(int cmdId, String from, String to) {
        return Command.Copy.of(
                Integer.toString(cmdId), Item.builder().source(from).target(to).build());
    }

    static Command exec(int cmdId, String uri, String correlator) {
        return new Command.Exec(
                Integer.toString(cmdId), Optional.of(correlator), Optional.empty(), List.of(Item.target(uri)));
    }

    static Command atomic(int cmdId, Command... commands) {
        return new Command.Atomic(Integer.toString(cmdId), Optional.empty(), List.of(commands));
    }

    static Command sequence(int cmdId, Command... commands) {
        return new Command.Sequence(Integer.toString(cmdId), Optional.empty(), List.of(commands));
    }

    static Command alert(int cmdId, int code, String... items) {
        return Command.Alert.of(
                Integer.toString(cmdId),
                new AlertCode(code),
                List.of(items).stream()
                        .map(text -> text.isEmpty() ? Item.EMPTY : Item.text(text))
                        .toArray(Item[]::new));
    }

    /** A chunk of an Add; the size stands in the first. */
    static Command chunk(int cmdId, String uri, Optional<Long> size, String data, boolean more) {
        Meta.Builder meta = Meta.of(Format.CHR, "text/plain").toBuilder();
        size.ifPresent(meta::size);
        return Command.Add.of(
                Integer.toString(cmdId),
                Item.builder()
                        .target(uri)
                        .meta(meta.build())
                        .data(data)
                        .moreData(more)
                        .build());
    }
}
