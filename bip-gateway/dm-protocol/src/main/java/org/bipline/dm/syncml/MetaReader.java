// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.syncml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bipline.dm.DmDecodingException;
import org.bipline.dm.markup.ElementCursor;
import org.bipline.dm.markup.MetInfTag;
import org.bipline.dm.markup.SyncMlTag;
import org.bipline.dm.markup.Tag;

/** Reads Meta. Its parts may stand in a MetInf element of their own, as SyncML 1.0 had them. */
final class MetaReader {
    private final ElementCursor in;
    private final Meta.Builder builder = Meta.builder();
    private final List<String> emi = new ArrayList<>();

    private MetaReader(ElementCursor in) {
        this.in = in;
    }

    static Meta read(ElementCursor in) throws DmDecodingException {
        MetaReader reader = new MetaReader(in);
        reader.parts(SyncMlTag.META);
        return reader.builder.emi(reader.emi).build();
    }

    private void parts(Tag parent) throws DmDecodingException {
        while (in.nextChild(parent)) {
            switch (metInfTag(parent)) {
                case FORMAT -> builder.format(in.text());
                case TYPE -> builder.type(in.text());
                case MARK -> builder.mark(in.text());
                case SIZE -> builder.size(in.number());
                case ANCHOR -> builder.anchor(anchor());
                case VERSION -> builder.version(in.text());
                case NEXT_NONCE -> builder.nextNonce(in.text());
                case MAX_MSG_SIZE -> builder.maxMsgSize(in.number());
                case MAX_OBJ_SIZE -> builder.maxObjSize(in.number());
                case EMI -> emi.add(in.text());
                case MEM -> builder.mem(mem());
                case FIELD_LEVEL -> in.skip();
                case MET_INF -> parts(MetInfTag.MET_INF);
                default -> throw misplaced(parent);
            }
        }
    }

    private Meta.Anchor anchor() throws DmDecodingException {
        Optional<String> last = Optional.empty();
        String next = null;
        while (in.nextChild(MetInfTag.ANCHOR)) {
            switch (metInfTag(MetInfTag.ANCHOR)) {
                case LAST -> last = Optional.of(in.text());
                case NEXT -> next = in.text();
                default -> throw misplaced(MetInfTag.ANCHOR);
            }
        }
        if (next == null) {
            throw in.fault("Anchor has no Next");
        }
        return new Meta.Anchor(last, next);
    }

    private Meta.Mem mem() throws DmDecodingException {
        boolean shared = false;
        long freeMem = -1;
        long freeId = -1;
        while (in.nextChild(MetInfTag.MEM)) {
            switch (metInfTag(MetInfTag.MEM)) {
                case SHARED_MEM -> {
                    shared = true;
                    in.skip();
                }
                case FREE_MEM -> freeMem = in.number();
                case FREE_ID -> freeId = in.number();
                default -> throw misplaced(MetInfTag.MEM);
            }
        }
        if (freeMem < 0 || freeId < 0) {
            throw in.fault("Mem lacks FreeMem or FreeID");
        }
        return new Meta.Mem(shared, freeMem, freeId);
    }

    private MetInfTag metInfTag(Tag parent) throws DmDecodingException {
        if (in.tag() instanceof MetInfTag tag) {
            return tag;
        }
        throw misplaced(parent);
    }

    private DmDecodingException misplaced(Tag parent) {
        return in.fault("element " + in.tag().text() + " in element " + parent.text());
    }
}
