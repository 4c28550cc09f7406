// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.syncml;

import static org.bipline.dm.markup.SyncMlTag.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bipline.dm.DmDecodingException;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.bipline.dm.markup.DdfTag;
import org.bipline.dm.markup.ElementCursor;
import org.bipline.dm.markup.ElementReader;
import org.bipline.dm.markup.SyncMlTag;
import org.bipline.dm.markup.Tag;
import org.bipline.dm.markup.UnknownTag;
import org.bipline.dm.tnds.TndsReader;

/**
 * Reads messages. Elements may stand in any order. What SyncML allows and DM does not use (Lang, NoResults, Cred in a command and so
 * on) is passed over; a command that DM does not use becomes {@link Command.Unsupported}; an element where SyncML has none, and a
 * missing mandatory one, is a fault.
 */
final class SyncMlReader {
    private ElementCursor in;
    private SyncHdr header;

    /** The header, once it was read. */
    SyncHdr header() {
        return header;
    }

    SyncMl read(ElementReader reader) throws DmDecodingException {
        in = new ElementCursor(reader);
        in.root(SYNC_ML);
        SyncBody body = null;
        while (in.nextChild(SYNC_ML)) {
            if (in.tag() == SYNC_HDR && header == null) {
                header = readHeader();
            } else if (in.tag() == SYNC_BODY && header != null && body == null) {
                body = readBody();
            } else {
                throw misplaced(SYNC_ML);
            }
        }
        if (body == null) {
            throw in.fault(header == null ? "message has no SyncHdr" : "message has no SyncBody");
        }
        in.endOfDocument();
        return new SyncMl(header, body);
    }

    private SyncHdr readHeader() throws DmDecodingException {
        SyncHdr.Builder builder = SyncHdr.builder();
        Present present = new Present();
        while (in.nextChild(SYNC_HDR)) {
            SyncMlTag tag = syncMlTag(SYNC_HDR);
            present.add(tag);
            switch (tag) {
                case VER_DTD -> builder.verDtd(in.text());
                case VER_PROTO -> builder.verProto(in.text());
                case SESSION_ID -> builder.sessionId(in.text());
                case MSG_ID -> builder.msgId(in.text());
                case TARGET -> builder.target(readLocation(TARGET));
                case SOURCE -> builder.source(readLocation(SOURCE));
                case RESP_URI -> builder.respUri(in.text());
                case NO_RESP -> {
                    builder.noResp(true);
                    in.skip();
                }
                case CRED -> builder.cred(readCred());
                case META -> builder.meta(readMeta());
                default -> skipUnused(SYNC_HDR);
            }
        }
        present.require(SYNC_HDR, VER_DTD, VER_PROTO, SESSION_ID, MSG_ID, TARGET, SOURCE);
        return builder.build();
    }

    private SyncBody readBody() throws DmDecodingException {
        List<Command> commands = new ArrayList<>();
        boolean last = false;
        while (in.nextChild(SYNC_BODY)) {
            if (in.tag() == FINAL) {
                last = true;
                in.skip();
            } else {
                commands.add(readCommand());
            }
        }
        return new SyncBody(commands, last);
    }

    private Command readCommand() throws DmDecodingException {
        Tag tag = in.tag();
        CommandParts parts = new CommandParts(tag);
        while (in.nextChild(tag)) {
            parts.read();
        }
        return parts.build();
    }

    /** The parts that commands have between them; which of them matter depends on the command. */
    private final class CommandParts {
        private final Tag tag;
        private final boolean supported;
        private final Present present = new Present();
        private final Status.Builder status = Status.builder();
        private final List<String> targetRefs = new ArrayList<>();
        private final List<String> sourceRefs = new ArrayList<>();
        private final List<Item> items = new ArrayList<>();
        private final List<Command> commands = new ArrayList<>();
        private String cmdId;
        private Optional<String> msgRef = Optional.empty();
        private String cmdRef;
        private Optional<String> correlator = Optional.empty();
        private Optional<Meta> meta = Optional.empty();
        private int code = -1;

        CommandParts(Tag tag) throws DmDecodingException {
            this.tag = tag;
            this.supported = !(tag instanceof UnknownTag)
                    && switch (syncMlTag(SYNC_BODY)) {
                        case ADD, REPLACE, GET, DELETE, COPY, EXEC, ALERT, STATUS, RESULTS, SEQUENCE, ATOMIC -> true;
                        case PUT, SEARCH, SYNC, MAP, MOVE -> false;
                        default -> throw misplaced(SYNC_BODY);
                    };
        }

        void read() throws DmDecodingException {
            if (in.tag() == CMD_ID) {
                present.add(CMD_ID);
                cmdId = in.text();
                return;
            }
            if (!supported) {
                in.skip();
                return;
            }
            SyncMlTag child = syncMlTag(tag);
            present.add(child);
            switch (child) {
                case META -> meta = Optional.of(readMeta());
                case ITEM -> items.add(readItem(meta));
                case CORRELATOR -> correlator = Optional.of(in.text());
                case DATA -> code = readCode();
                case MSG_REF -> msgRef = Optional.of(in.text());
                case CMD_REF -> cmdRef = in.text();
                case CMD -> status.cmd(in.text());
                case TARGET_REF -> targetRefs.add(in.text());
                case SOURCE_REF -> sourceRefs.add(in.text());
                case CHAL -> status.chal(readChal());
                case CRED -> {
                    if (tag == STATUS) {
                        status.cred(readCred());
                    } else {
                        in.skip();
                    }
                }
                case ADD, REPLACE, GET, DELETE, COPY, EXEC, ALERT, SEQUENCE, ATOMIC, PUT, SEARCH, SYNC, MAP, MOVE -> {
                    if (tag != SEQUENCE && tag != ATOMIC) {
                        throw misplaced(tag);
                    }
                    commands.add(readCommand());
                }
                default -> skipUnused(tag);
            }
        }

        private int readCode() throws DmDecodingException {
            if (tag != STATUS && tag != ALERT) {
                throw misplaced(tag);
            }
            long number = in.number();
            if (number > 9999) {
                throw in.fault("code " + number + " in " + tag.text());
            }
            return (int) number;
        }

        Command build() throws DmDecodingException {
            present.require(tag, CMD_ID);
            if (!supported) {
                return new Command.Unsupported(cmdId, tag.text());
            }
            return switch ((SyncMlTag) tag) {
                case ADD -> new Command.Add(cmdId, meta, items);
                case REPLACE -> new Command.Replace(cmdId, meta, items);
                case GET -> new Command.Get(cmdId, meta, items);
                case DELETE -> new Command.Delete(cmdId, meta, items);
                case COPY -> new Command.Copy(cmdId, meta, items);
                case EXEC -> new Command.Exec(cmdId, correlator, meta, items);
                case ALERT ->
                    new Command.Alert(
                            cmdId, code < 0 ? Optional.empty() : Optional.of(new AlertCode(code)), correlator, items);
                case RESULTS -> {
                    present.require(tag, CMD_REF);
                    yield new Command.Results(cmdId, msgRef, cmdRef, meta, targetRefs, sourceRefs, items);
                }
                case STATUS -> {
                    present.require(tag, MSG_REF, CMD_REF, CMD, DATA);
                    yield status.cmdId(cmdId)
                            .msgRef(msgRef.orElseThrow())
                            .cmdRef(cmdRef)
                            .targetRefs(targetRefs)
                            .sourceRefs(sourceRefs)
                            .code(new StatusCode(code))
                            .items(items)
                            .build();
                }
                case SEQUENCE -> new Command.Sequence(cmdId, meta, commands);
                case ATOMIC -> new Command.Atomic(cmdId, meta, commands);
                default -> throw new IllegalStateException(tag.text());
            };
        }
    }

    private Item readItem(Optional<Meta> commandMeta) throws DmDecodingException {
        Item.Builder builder = Item.builder();
        Optional<Meta> meta = Optional.empty();
        NodeValue content = null;
        Data tree = null;
        while (in.nextChild(ITEM)) {
            switch (syncMlTag(ITEM)) {
                case TARGET -> builder.target(readLocation(TARGET));
                case SOURCE -> builder.source(readLocation(SOURCE));
                case META -> {
                    meta = Optional.of(readMeta());
                    builder.meta(meta.get());
                }
                case DATA -> {
                    content = in.content();
                    if (in.atElement()) {
                        tree = readTree(content);
                    }
                }
                case MORE_DATA -> {
                    builder.moreData(true);
                    in.skip();
                }
                default -> skipUnused(ITEM);
            }
        }
        if (tree != null) {
            builder.data(tree);
        } else if (content != null) {
            boolean binary = meta.flatMap(Meta::format)
                    .or(() -> commandMeta.flatMap(Meta::format))
                    .filter(Format.BIN.text()::equals)
                    .isPresent();
            builder.data(in.resolve(content, binary));
        }
        return builder.build();
    }

    private Data readTree(NodeValue before) throws DmDecodingException {
        if (in.tag() != DdfTag.MGMT_TREE) {
            throw misplaced(DATA);
        }
        if (!before.asText().orElse("?").isBlank()) {
            throw in.fault("Data has text before an element");
        }
        Data tree = Data.of(TndsReader.readTree(in));
        if (in.nextChild(DATA)) {
            throw misplaced(DATA);
        }
        return tree;
    }

    private Location readLocation(SyncMlTag parent) throws DmDecodingException {
        String uri = null;
        Optional<String> name = Optional.empty();
        while (in.nextChild(parent)) {
            switch (syncMlTag(parent)) {
                case LOC_URI -> uri = in.text();
                case LOC_NAME -> name = Optional.of(in.rawText());
                default -> skipUnused(parent);
            }
        }
        if (uri == null) {
            throw in.fault(parent.text() + " has no LocURI");
        }
        return new Location(uri, name);
    }

    private Cred readCred() throws DmDecodingException {
        Meta meta = Meta.builder().build();
        String data = null;
        while (in.nextChild(CRED)) {
            switch (syncMlTag(CRED)) {
                case META -> meta = readMeta();
                case DATA -> data = in.text();
                default -> throw misplaced(CRED);
            }
        }
        if (data == null) {
            throw in.fault("Cred has no Data");
        }
        return new Cred(meta, data);
    }

    private Chal readChal() throws DmDecodingException {
        Meta meta = null;
        while (in.nextChild(CHAL)) {
            if (in.tag() != META) {
                throw misplaced(CHAL);
            }
            meta = readMeta();
        }
        if (meta == null) {
            throw in.fault("Chal has no Meta");
        }
        return new Chal(meta);
    }

    private Meta readMeta() throws DmDecodingException {
        return MetaReader.read(in);
    }

    private SyncMlTag syncMlTag(Tag parent) throws DmDecodingException {
        if (in.tag() instanceof SyncMlTag tag) {
            return tag;
        }
        throw misplaced(parent);
    }

    private void skipUnused(Tag parent) throws DmDecodingException {
        switch ((SyncMlTag) in.tag()) {
            case ARCHIVE,
                    LANG,
                    NO_RESP,
                    NO_RESULTS,
                    NUMBER_OF_CHANGES,
                    SFT_DEL,
                    FIELD,
                    FILTER,
                    RECORD,
                    FILTER_TYPE,
                    SOURCE_PARENT,
                    TARGET_PARENT -> in.skip();
            default -> throw misplaced(parent);
        }
    }

    private DmDecodingException misplaced(Tag parent) {
        return in.fault("element " + in.tag().text() + " in element " + parent.text());
    }

    /** Which children an element had. */
    private final class Present {
        private long seen; // a bit for each token, which are below 64

        void add(SyncMlTag tag) {
            seen |= 1L << tag.token();
        }

        void require(Tag parent, SyncMlTag... tags) throws DmDecodingException {
            for (SyncMlTag tag : tags) {
                if ((seen & (1L << tag.token())) == 0) {
                    throw in.fault(parent.text() + " has no " + tag.text());
                }
            }
        }
    }
}
