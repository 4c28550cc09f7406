// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.syncml;

import java.util.List;
import java.util.Optional;
import org.bipline.dm.ByteString;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.bipline.dm.tnds.MgmtNode;
import org.bipline.dm.tnds.MgmtTree;

/** Messages for tests. */
final class Messages {
    private Messages() {}

    static SyncHdr.Builder header() {
        return SyncHdr.builder()
                .sessionId("1F")
                .msgId(2)
                .target(Location.of("http://127.0.0.1:8080/dm"))
                .source(Location.of("ICCID:8988211000000000001", "card"));
    }

    static SyncMl of(Command... commands) {
        return new SyncMl(header().build(), new SyncBody(List.of(commands), true));
    }

    /** A message with every command and every part that the model has. */
    static SyncMl everyCommand() {
        Meta bin = Meta.of(Format.BIN, "application/octet-stream");
        Meta everything = Meta.builder()
                .format(Format.CHR)
                .type("text/plain")
                .mark("warning")
                .size(5)
                .anchor(new Meta.Anchor(Optional.of("20"), "21"))
                .version("1")
                .nextNonce("bm9uY2U=")
                .maxMsgSize(1536)
                .maxObjSize(24576)
                .emi(List.of("a", "b"))
                .mem(new Meta.Mem(true, 100, 5))
                .build();
        SyncHdr header = header().respUri("http://127.0.0.1:8080/dm?s=1")
                .noResp(true)
                .cred(new Cred(Meta.of(Format.B64, "syncml:auth-md5"), "Zz6EivR3yeaaENcRN6lpAQ=="))
                .meta(Meta.builder().maxMsgSize(1536).maxObjSize(24576).build())
                .build();
        MgmtTree tree = MgmtTree.of(MgmtNode.interior("X")
                .type("urn:x:1.0")
                .child(MgmtNode.leaf("L", "value").type("text/plain"))
                .build());
        List<Command> commands = List.of(
                Status.builder()
                        .cmdId("1")
                        .msgRef("1")
                        .cmdRef("0")
                        .cmd(Status.SYNC_HDR)
                        .targetRefs(List.of("a", "b"))
                        .sourceRefs(List.of("c"))
                        .cred(new Cred(Meta.of(Format.B64, "syncml:auth-basic"), "QQ=="))
                        .chal(new Chal(everything))
                        .code(StatusCode.AUTHENTICATION_ACCEPTED)
                        .items(List.of(Item.text("x")))
                        .build(),
                new Command.Alert(
                        "2",
                        Optional.of(AlertCode.CLIENT_INITIATED),
                        Optional.of("corr"),
                        List.of(Item.EMPTY, Item.text("Grüße & <mehr>"))),
                new Command.Alert("3", Optional.empty(), Optional.empty(), List.of(Item.text("show"))),
                new Command.Replace(
                        "4",
                        Optional.of(everything),
                        List.of(Item.builder().source("./DevInfo/Man").data("m").build())),
                new Command.Add(
                        "5",
                        Optional.of(bin),
                        List.of(
                                Item.builder()
                                        .target("./x")
                                        .data(ByteString.hex("00FF01C3"))
                                        .moreData(true)
                                        .build(),
                                Item.builder()
                                        .target(Location.of("./y", "name"))
                                        .meta(Meta.of(Format.CHR))
                                        .data("")
                                        .build(),
                                Item.builder()
                                        .target("./z")
                                        .meta(Meta.of(Format.XML, "application/vnd.syncml.dmtnds+xml"))
                                        .data(Data.of(tree))
                                        .build())),
                Command.Get.of("6", Item.target("./x?list=Struct")),
                Command.Delete.of("7", Item.target("./x")),
                Command.Copy.of("8", Item.builder().target("./a").source("./b").build()),
                new Command.Exec("9", Optional.of("c"), Optional.of(bin), List.of(Item.target("./e"))),
                new Command.Results(
                        "10",
                        Optional.of("1"),
                        "6",
                        Optional.empty(),
                        List.of("./x"),
                        List.of(),
                        List.of(Item.builder()
                                .source("./x")
                                .data(NodeValue.text(" kept  \n"))
                                .build())),
                new Command.Sequence(
                        "11",
                        Optional.of(bin),
                        List.of(
                                Command.Get.of("12", Item.target("./x")),
                                new Command.Atomic(
                                        "13",
                                        Optional.empty(),
                                        List.of(Command.Delete.of("14", Item.target("./y")))))));
        return new SyncMl(header, new SyncBody(commands, false));
    }
}
