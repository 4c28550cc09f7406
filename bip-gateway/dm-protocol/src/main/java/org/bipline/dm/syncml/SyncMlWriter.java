// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.syncml;

import static org.bipline.dm.markup.MetInfTag.*;
import static org.bipline.dm.markup.SyncMlTag.*;

import java.util.List;
import java.util.Optional;
import org.bipline.dm.markup.ElementWriter;
import org.bipline.dm.markup.SyncMlTag;
import org.bipline.dm.markup.Tag;
import org.bipline.dm.tnds.TndsWriter;

/** Writes messages; elements stand in the order of the SyncML 1.2 document type definition. */
final class SyncMlWriter {
    private final ElementWriter out;

    private SyncMlWriter(ElementWriter out) {
        this.out = out;
    }

    static void write(SyncMl message, ElementWriter out) {
        SyncMlWriter writer = new SyncMlWriter(out);
        out.start(SYNC_ML);
        writer.header(message.header());
        out.start(SYNC_BODY);
        message.body().commands().forEach(writer::command);
        if (message.body().last()) {
            out.empty(FINAL);
        }
        out.end();
        out.end();
    }

    private void header(SyncHdr header) {
        out.start(SYNC_HDR);
        out.element(VER_DTD, header.verDtd());
        out.element(VER_PROTO, header.verProto());
        out.element(SESSION_ID, header.sessionId());
        out.element(MSG_ID, header.msgId());
        location(TARGET, header.target());
        location(SOURCE, header.source());
        text(RESP_URI, header.respUri());
        if (header.noResp()) {
            out.empty(NO_RESP);
        }
        header.cred().ifPresent(this::cred);
        header.meta().ifPresent(this::meta);
        out.end();
    }

    private void command(Command command) {
        switch (command) {
            case Command.Add add -> onItems(ADD, add);
            case Command.Replace replace -> onItems(REPLACE, replace);
            case Command.Get get -> onItems(GET, get);
            case Command.Delete delete -> onItems(DELETE, delete);
            case Command.Copy copy -> onItems(COPY, copy);
            case Command.Exec exec -> exec(exec);
            case Command.Alert alert -> alert(alert);
            case Command.Results results -> results(results);
            case Status status -> status(status);
            case Command.Sequence sequence -> container(SEQUENCE, sequence.meta(), sequence);
            case Command.Atomic atomic -> container(ATOMIC, atomic.meta(), atomic);
            case Command.Unsupported unsupported ->
                throw new IllegalArgumentException("command " + unsupported.name() + " is none of DM 1.2");
        }
    }

    private void onItems(SyncMlTag tag, Command.OnItems command) {
        start(tag, command);
        command.meta().ifPresent(this::meta);
        items(command.items());
        out.end();
    }

    private void exec(Command.Exec exec) {
        start(EXEC, exec);
        exec.meta().ifPresent(this::meta);
        text(CORRELATOR, exec.correlator());
        items(exec.items());
        out.end();
    }

    private void alert(Command.Alert alert) {
        start(ALERT, alert);
        alert.code().ifPresent(code -> out.element(DATA, Integer.toString(code.number())));
        text(CORRELATOR, alert.correlator());
        items(alert.items());
        out.end();
    }

    private void results(Command.Results results) {
        start(RESULTS, results);
        text(MSG_REF, results.msgRef());
        out.element(CMD_REF, results.cmdRef());
        results.meta().ifPresent(this::meta);
        results.targetRefs().forEach(uri -> out.element(TARGET_REF, uri));
        results.sourceRefs().forEach(uri -> out.element(SOURCE_REF, uri));
        items(results.items());
        out.end();
    }

    private void status(Status status) {
        start(STATUS, status);
        out.element(MSG_REF, status.msgRef());
        out.element(CMD_REF, status.cmdRef());
        out.element(CMD, status.cmd());
        status.targetRefs().forEach(uri -> out.element(TARGET_REF, uri));
        status.sourceRefs().forEach(uri -> out.element(SOURCE_REF, uri));
        status.cred().ifPresent(this::cred);
        status.chal().ifPresent(chal -> {
            out.start(CHAL);
            meta(chal.meta());
            out.end();
        });
        out.element(DATA, Integer.toString(status.code().number()));
        items(status.items());
        out.end();
    }

    private void container(SyncMlTag tag, Optional<Meta> meta, Command.Container container) {
        start(tag, container);
        meta.ifPresent(this::meta);
        container.commands().forEach(this::command);
        out.end();
    }

    private void start(SyncMlTag tag, Command command) {
        out.start(tag);
        out.element(CMD_ID, command.cmdId());
    }

    private void items(List<Item> items) {
        items.forEach(this::item);
    }

    private void item(Item item) {
        out.start(ITEM);
        item.target().ifPresent(target -> location(TARGET, target));
        item.source().ifPresent(source -> location(SOURCE, source));
        item.meta().ifPresent(this::meta);
        item.data().ifPresent(this::data);
        if (item.moreData()) {
            out.empty(MORE_DATA);
        }
        out.end();
    }

    private void data(Data data) {
        out.start(DATA);
        switch (data) {
            case Data.Tree tree -> TndsWriter.write(tree.tree(), out);
            case Data.Value value -> out.value(value.value());
        }
        out.end();
    }

    private void location(SyncMlTag tag, Location location) {
        out.start(tag);
        out.element(LOC_URI, location.uri());
        text(LOC_NAME, location.name());
        out.end();
    }

    private void cred(Cred cred) {
        out.start(CRED);
        meta(cred.meta());
        out.element(DATA, cred.data());
        out.end();
    }

    private void meta(Meta meta) {
        out.start(META);
        text(FORMAT, meta.format());
        text(TYPE, meta.type());
        text(MARK, meta.mark());
        number(SIZE, meta.size());
        meta.anchor().ifPresent(anchor -> {
            out.start(ANCHOR);
            text(LAST, anchor.last());
            out.element(NEXT, anchor.next());
            out.end();
        });
        text(VERSION, meta.version());
        text(NEXT_NONCE, meta.nextNonce());
        number(MAX_MSG_SIZE, meta.maxMsgSize());
        number(MAX_OBJ_SIZE, meta.maxObjSize());
        meta.emi().forEach(emi -> out.element(EMI, emi));
        meta.mem().ifPresent(mem -> {
            out.start(MEM);
            if (mem.shared()) {
                out.empty(SHARED_MEM);
            }
            out.element(FREE_MEM, Long.toString(mem.freeMem()));
            out.element(FREE_ID, Long.toString(mem.freeId()));
            out.end();
        });
        out.end();
    }

    private void text(Tag tag, Optional<String> text) {
        text.ifPresent(value -> out.element(tag, value));
    }

    private void number(Tag tag, Optional<Long> number) {
        number.ifPresent(value -> out.element(tag, Long.toString(value)));
    }
}
