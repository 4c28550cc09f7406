// SPDX-License-Identifier: Apache-2.0
package org.bipline.me.dm;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bipline.dm.tnds.MgmtNode;

/**
 * What the ME knows of one card.
 *
 * @param settled whether the anchor that the card wrote last stands for the objects as the card knows them
 * @param objects the objects that card and ME keep the same, by their URIs
 * @param connect accounts with whose servers the card wants sessions that have not been yet
 * @param aside objects that were taken out of the tree while another card, or none, is in the ME, by their URIs
 */
record CardRecord(
        boolean settled, SortedMap<String, Shared> objects, List<String> connect, SortedMap<String, MgmtNode> aside) {
    /** A card never seen before. */
    static final CardRecord NEW =
            new CardRecord(false, Collections.emptySortedMap(), List.of(), Collections.emptySortedMap());

    /**
     * An object that card and ME keep the same.
     *
     * @param version VerNo of its root as the card was told last before it wrote the anchor; empty where it was told of no such node
     * @param adopted true if the object came from the card
     */
    record Shared(Optional<Integer> version, boolean adopted) {}

    CardRecord {
        objects = Collections.unmodifiableSortedMap(objects);
        connect = List.copyOf(connect);
        aside = Collections.unmodifiableSortedMap(aside);
    }

    CardRecord settled(boolean now) {
        return new CardRecord(now, objects, connect, aside);
    }

    CardRecord with(String uri, Shared object) {
        SortedMap<String, Shared> more = new TreeMap<>(objects);
        more.put(uri, object);
        return new CardRecord(settled, more, connect, aside);
    }

    CardRecord without(String uri) {
        SortedMap<String, Shared> fewer = new TreeMap<>(objects);
        fewer.remove(uri);
        return new CardRecord(settled, fewer, connect, aside);
    }

    /** The card wants a session with the server of this account. */
    CardRecord connecting(String account) {
        List<String> more = new ArrayList<>(connect);
        more.remove(account);
        more.add(account);
        return new CardRecord(settled, objects, more, aside);
    }

    CardRecord connected(String account) {
        return new CardRecord(
                settled,
                objects,
                connect.stream().filter(uri -> !uri.equals(account)).toList(),
                aside);
    }

    CardRecord withAside(SortedMap<String, MgmtNode> nodes) {
        return new CardRecord(settled, objects, connect, nodes);
    }
}
