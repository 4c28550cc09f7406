// SPDX-License-Identifier: Apache-2.0
package org.bipline.me.dm;

import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bipline.dm.ByteString;
import org.bipline.dm.auth.AuthType;
import org.bipline.dm.tnds.MgmtNode;
import org.bipline.me.DmClientProfile;

/**
 * What one card has in the tree: its account, the anchor that it writes when both sides agree, and the objects that both keep the same.
 * Hears what the card does in a session, so that it can tell in the next whether anything has changed on the ME since.
 *
 * <p>The version that counts is the one that the card was told: a change of the user between that and the anchor is a change that the card
 * does not know.
 */
final class CardObjects implements TreeWatcher {
    /** Type of the alert that tells the card its anchor. */
    static final String ALERT = "urn:bipline:alert:sync:1.0";

    private static final String SYNC = "./CardSync";
    private static final String ANCHOR = "Anchor";
    private static final String CONNECT = "Connect";
    private static final String AUTHORISATION = "Authorisation";

    private final ManagementTree tree;
    private final String cardId;
    private final Map<String, Optional<Integer>> told = new LinkedHashMap<>();

    /** @param cardId digits of EF ICCID */
    CardObjects(ManagementTree tree, String cardId) {
        this.tree = tree;
        this.cardId = cardId;
    }

    /** Whether it is the card with these digits in its EF ICCID. */
    boolean isOf(String digits) {
        return cardId.equals(digits);
    }

    /** The card's identifier as a DM server. */
    String serverId() {
        return "ICCID:" + cardId;
    }

    String account() {
        return DmAccount.ACCOUNTS + "/" + cardId;
    }

    private String syncUri() {
        return SYNC + "/" + cardId;
    }

    private String anchorUri() {
        return syncUri() + "/" + ANCHOR;
    }

    private String connectUri() {
        return syncUri() + "/" + CONNECT;
    }

    /** The accounts with whose servers the card wants sessions. */
    List<String> connect() {
        return entry().connect();
    }

    /** The session that the card wanted has been, or cannot be. */
    void connected(String account) {
        entry(entry().connected(account));
    }

    /** Where the card writes its authorisation of a function. */
    String authorisationUri() {
        return syncUri() + "/" + AUTHORISATION;
    }

    /** What the card has written there; empty where it has not. */
    String authorisation() {
        return tree.text(authorisationUri()).orElse("");
    }

    /** No authorisation is there any more. */
    void clearAuthorisation() {
        tree.note(syncUri(), MgmtNode.leaf(AUTHORISATION, "").build());
    }

    private CardRecord entry() {
        return tree.cards().getOrDefault(cardId, CardRecord.NEW);
    }

    private void entry(CardRecord next) {
        tree.card(cardId, next);
    }

    /** The account with the card at this address, with the nonces of earlier sessions; nodes that are missing are made. */
    DmAccount account(InetSocketAddress at, Optional<DmClientProfile.Account> secrets) {
        told.clear();
        if (tree.node(syncUri()).isEmpty()) {
            tree.put(
                    SYNC,
                    MgmtNode.interior(cardId)
                            .acl("Add=%1$s&Delete=%1$s&Get=%1$s&Replace=%1$s".formatted(serverId()))
                            .child(MgmtNode.leaf(ANCHOR, ""))
                            .child(MgmtNode.leaf(CONNECT, ""))
                            .build());
        }
        clearAuthorisation();
        String address = "http://" + at.getAddress().getHostAddress() + ":" + at.getPort() + "/dm";
        Optional<DmAccount> known = DmAccount.of(tree, account());
        MgmtNode account = new AccountSettings(
                        cardId,
                        serverId(),
                        address,
                        secrets.map(s -> login(s.name(), s.secret(), known.flatMap(DmAccount::client))),
                        secrets.map(s -> login(serverId(), s.cardSecret(), known.flatMap(DmAccount::server))))
                .toNode();
        tree.put(DmAccount.ACCOUNTS, account);
        return DmAccount.of(tree, account()).orElseThrow();
    }

    private static AccountSettings.Login login(String name, String secret, Optional<DmAccount.Side> known) {
        return new AccountSettings.Login(
                AuthType.MD5, name, secret, known.map(DmAccount.Side::nonce).orElse(ByteString.EMPTY));
    }

    /** Tells the card its anchor, where nothing that it knows of has changed since it wrote it. */
    Optional<GenericAlert> alert() {
        return isUnchanged()
                ? tree.text(anchorUri())
                        .filter(anchor -> !anchor.isEmpty())
                        .map(anchor -> new GenericAlert(
                                account(), anchorUri(), ALERT, Optional.empty(), Optional.empty(), anchor))
                : Optional.empty();
    }

    /** Whether all that the card was told holds. */
    boolean isUnchanged() {
        CardRecord entry = entry();
        return entry.settled()
                && entry.objects().entrySet().stream()
                        .allMatch(object -> version(object.getKey())
                                .equals(object.getValue().version()));
    }

    private Optional<Integer> version(String uri) {
        return tree.node(uri).map(node -> node.verNo().orElse(0));
    }

    @Override
    public void placed(String uri) {
        if (isOwn(uri)) {
            changed(uri);
            return;
        }
        CardRecord entry = entry().settled(false);
        boolean partOfObject = entry.objects().keySet().stream().anyMatch(object -> isBelow(uri, object));
        entry(partOfObject ? entry : entry.with(uri, new CardRecord.Shared(Optional.empty(), true)));
    }

    @Override
    public void changed(String uri) {
        if (uri.equals(anchorUri())) {
            settle();
        } else if (uri.equals(connectUri())) {
            tree.text(uri).filter(account -> !account.isEmpty()).ifPresent(account -> {
                entry(entry().connecting(account));
                tree.note(syncUri(), MgmtNode.leaf(CONNECT, "").build()); // taken: the next may come
            });
        } else if (!isOwn(uri)) {
            entry(entry().settled(false));
        }
    }

    @Override
    public void deleted(String uri) {
        told.replaceAll((object, version) ->
                object.equals(uri) || isBelow(object, uri) ? Optional.empty() : version); // as the card knows
        CardRecord entry = entry().settled(false);
        for (String object : entry.objects().keySet()) {
            if (object.equals(uri) || isBelow(object, uri)) {
                entry = entry.without(object);
            }
        }
        entry(entry);
    }

    @Override
    public void askedForVersion(String uri) {
        if (!isOwn(uri)) {
            told.put(uri, version(uri));
        }
    }

    /** The card has written its anchor: both agree on what the card was told. */
    private void settle() {
        CardRecord entry = entry();
        for (Map.Entry<String, Optional<Integer>> each : told.entrySet()) {
            boolean adopted = Optional.ofNullable(entry.objects().get(each.getKey()))
                    .filter(CardRecord.Shared::adopted)
                    .isPresent();
            boolean there = each.getValue().isPresent();
            entry = entry.with(each.getKey(), new CardRecord.Shared(each.getValue(), adopted && there));
        }
        entry(entry.settled(true));
        told.clear();
    }

    private boolean isOwn(String uri) {
        return isBelow(uri, SYNC) || uri.equals(account()) || isBelow(uri, account());
    }

    private static boolean isBelow(String uri, String above) {
        return uri.startsWith(above + "/");
    }

    /** Whether anything in the tree came from the card. */
    boolean hasAdopted() {
        return entry().objects().entrySet().stream()
                .anyMatch(object -> object.getValue().adopted()
                        && tree.node(object.getKey()).isPresent());
    }

    /**
     * Takes out of the tree what came from the card, and its account. OMA DM Bootstrap, smartcard.
     *
     * @return whether there was anything
     */
    boolean setAside() {
        CardRecord entry = entry();
        SortedMap<String, MgmtNode> aside = new TreeMap<>(entry.aside());
        entry.objects().forEach((uri, object) -> {
            if (object.adopted()) {
                tree.take(uri).ifPresent(node -> aside.put(uri, node));
            }
        });
        tree.take(account()).ifPresent(node -> aside.put(account(), node));
        tree.take(syncUri()).ifPresent(node -> aside.put(syncUri(), node));
        boolean any = !aside.equals(entry.aside());
        entry(entry.withAside(aside));
        return any;
    }

    /**
     * Puts back what {@link #setAside} took out. An object whose place is taken meanwhile gives way, and is none of the card's any more.
     *
     * @return whether there was anything
     */
    boolean putBack() {
        CardRecord entry = entry();
        CardRecord next = entry.withAside(Collections.emptySortedMap());
        for (Map.Entry<String, MgmtNode> each : entry.aside().entrySet()) {
            String uri = each.getKey();
            if (tree.node(uri).isEmpty() && tree.node(parent(uri)).isPresent()) {
                tree.putBack(uri, each.getValue());
            } else {
                next = next.without(uri).settled(false);
            }
        }
        entry(next);
        return !entry.aside().isEmpty();
    }

    private static String parent(String uri) {
        return uri.substring(0, uri.lastIndexOf('/'));
    }
}
