// SPDX-License-Identifier: Apache-2.0
package org.bipline.me.dm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.bipline.me.dm.ScriptedCard.add;
import static org.bipline.me.dm.ScriptedCard.addNode;
import static org.bipline.me.dm.ScriptedCard.codes;
import static org.bipline.me.dm.ScriptedCard.delete;
import static org.bipline.me.dm.ScriptedCard.get;
import static org.bipline.me.dm.ScriptedCard.replace;
import static org.bipline.me.dm.ScriptedCard.results;

import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.bipline.cat.tlv.ByteString;
import org.bipline.dm.NodeValue;
import org.bipline.dm.syncml.SyncMlCodec;
import org.bipline.dm.tnds.MgmtNode;
import org.bipline.me.Bearer;
import org.bipline.me.CardFiles;
import org.bipline.me.DmClientProfile;
import org.bipline.me.MeApplication;
import org.bipline.me.MeClock;
import org.bipline.me.UserAction;
import org.bipline.me.UserModel;
import org.bipline.me.VirtualClock;
import org.bipline.me.network.InMemoryNetwork;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The DM client with cards that follow a script, on a clock that stands still and a network in memory. */
@Tag("MO-5")
@Tag("TR-4")
class CardSessionsTest {
    private static final int PORT = 5080;
    private static final InetSocketAddress AT = new InetSocketAddress("10.9.8.7", PORT);
    private static final String CARD = "8988211000000000018";
    private static final String OTHER = "8988211000000000026";
    private static final String OBJECT = "./MO/Obj";
    private static final String VERSION = OBJECT + "?prop=VerNo";
    private static final String ANCHOR = "./CardSync/" + CARD + "/Anchor";

    private static final String CONNECT = "./CardSync/" + CARD + "/Connect";

    private final VirtualClock clock = new VirtualClock();
    private final InMemoryNetwork network = new InMemoryNetwork(clock, 1);
    private final ManagementTree tree = Fixture.tree();
    private final List<String> heard = new ArrayList<>();
    private ScriptedCard card = new ScriptedCard();
    private CardSessions sessions;
    private UserModel user = UserModel.PATIENT;

    @BeforeEach
    void listen() {
        network.listen(AT, peer -> card.accept(peer));
    }

    private void switchOn(Optional<DmClientProfile.Account> account) {
        DmClient client = DmClient.builder(
                        tree,
                        (uri, message) -> {
                            throw new AssertionError("no session elsewhere");
                        },
                        new SplittableRandom(1))
                .codec(SyncMlCodec.XML)
                .user(new MeUser(command -> user.react(command)))
                .listener(new DmClientListener() {
                    @Override
                    public void setAside(String id, String reason) {
                        heard.add("aside " + id + ": " + reason);
                    }

                    @Override
                    public void putBack(String id) {
                        heard.add("back " + id);
                    }
                })
                .build();
        sessions = new CardSessions(client, PORT, account);
        sessions.installed(new MeApplication.Host() {
            @Override
            public void post(Runnable work) {
                MeClock.Alarm unused = clock.schedule(Duration.ZERO, work);
            }

            @Override
            public <T> T ask(Supplier<T> work) {
                return work.get();
            }

            @Override
            public Bearer bearer() {
                return network.bearer(AT.getAddress());
            }

            @Override
            public MeClock clock() {
                return clock;
            }
        });
        insert(CARD);
    }

    private void insert(String iccid) {
        ByteString none = ByteString.EMPTY;
        sessions.cardInserted(new CardFiles(bcd(iccid), none, none, none, none, none, none));
        settle();
    }

    private static ByteString bcd(String digits) {
        String even = digits.length() % 2 == 0 ? digits : digits + "F";
        StringBuilder swapped = new StringBuilder();
        for (int i = 0; i < even.length(); i += 2) {
            swapped.append(even.charAt(i + 1)).append(even.charAt(i));
        }
        return ByteString.ofHex(swapped.toString());
    }

    private void settle() {
        clock.advance(Duration.ZERO);
    }

    private void open() {
        sessions.portOpened(PORT, AT);
        settle();
    }

    private void reopen() {
        sessions.portClosed(PORT);
        open();
    }

    private SessionOutcome.State outcome() {
        return sessions.outcome().orElseThrow().state();
    }

    /** The card hands an object over, and both agree. */
    private void handOver() {
        switchOn(Optional.empty());
        card.says(addNode(10, OBJECT), add(11, OBJECT + "/Leaf", "one"))
                .says(get(10, VERSION))
                .says(replace(10, ANCHOR, "anchor 1"));
        open();
        assertThat(outcome()).isEqualTo(SessionOutcome.State.COMPLETE);
    }

    private void set(String value) {
        sessions.with(client -> {
            client.tree().set(OBJECT + "/Leaf", NodeValue.text(value));
            return true;
        });
        settle();
    }

    @Test
    @Tag("MO-9")
    void adopts_what_the_card_hands_over_and_then_needs_one_exchange() {
        handOver();

        assertThat(tree.text(OBJECT + "/Leaf")).contains("one");
        assertThat(card.heads())
                .allSatisfy(head -> assertThat(head)
                        .startsWith("POST /dm HTTP/1.1\r\n")
                        .containsIgnoringCase("content-type: application/vnd.syncml.dm+xml"));
        assertThat(card.connections).isOne();
        assertThat(card.requests()).hasSize(4).noneMatch(request -> request.contains("<Data>1226</Data>"));
        assertThat(codes(card.requests().get(1))).isEqualTo("200 200");
        assertThat(card.last()).contains("<Data>200</Data>");
        assertThat(sessions.busyWith()).isEmpty();

        reopen();

        assertThat(card.requests()).hasSize(5);
        assertThat(card.last())
                .contains("<Data>1201</Data>", "<Data>1226</Data>", "urn:bipline:alert:sync:1.0", ANCHOR)
                .contains("<Data>anchor 1</Data>");
        assertThat(outcome()).isEqualTo(SessionOutcome.State.COMPLETE);
    }

    @Test
    void a_change_of_the_user_goes_to_the_card_at_once() {
        handOver();
        String agreed = results(card.requests().get(2)).getFirst();
        card.says(get(10, VERSION), get(11, OBJECT + "/Leaf")).says(replace(10, ANCHOR, "anchor 2"));

        set("two");

        assertThat(card.requests().get(4)).doesNotContain("1226");
        assertThat(results(card.requests().get(5))).containsExactly("" + (Integer.parseInt(agreed) + 1), "two");
        reopen();
        assertThat(card.last()).contains("anchor 2");
    }

    @Test
    void a_change_while_the_port_is_closed_waits_for_it() {
        handOver();
        sessions.portClosed(PORT);
        set("two");
        assertThat(card.requests()).hasSize(4);

        open();

        assertThat(card.requests()).hasSize(5);
        assertThat(card.last()).doesNotContain("1226");
    }

    @Test
    void a_change_during_a_session_is_not_taken_for_agreed() {
        handOver();
        card.says(get(10, VERSION)).says("SILENCE");
        reopenWith("two");
        assertThat(card.requests().getLast()).contains("<Results>");

        set("three"); // the card was told the version before
        card.says(replace(10, ANCHOR, "anchor 2"));
        sessions.portClosed(PORT);
        open();

        assertThat(card.requests().get(6)).doesNotContain("1226");
        reopen();
        assertThat(card.last()).doesNotContain("1226");
    }

    private void reopenWith(String value) {
        sessions.portClosed(PORT);
        set(value);
        open();
    }

    @Test
    void an_object_that_the_device_had_is_watched_too() {
        tree.put(
                "./MO",
                MgmtNode.interior("Obj").child(MgmtNode.leaf("Leaf", "mine")).build());
        switchOn(Optional.empty());
        card.says(get(10, VERSION)).says(replace(10, ANCHOR, "anchor 1"));
        open();
        reopen();
        assertThat(card.last()).contains("anchor 1");

        set("changed");
        assertThat(card.last()).doesNotContain("1226");
        insert(OTHER);
        assertThat(tree.text(OBJECT + "/Leaf")).as("it is the device's own").contains("changed");
    }

    @Test
    @Tag("MO-8")
    void the_user_is_asked_where_the_card_asks() {
        user = UserModel.script(new UserAction.Refuses());
        switchOn(Optional.empty());
        String question = "<Alert><CmdID>10</CmdID><Data>1101</Data><Item><Data>MINDT=10</Data></Item>"
                + "<Item><Data>Take over the settings of the card?</Data></Item></Alert>";
        card.says(question).says();
        open();
        assertThat(codes(card.last())).isEqualTo("304");

        card.says(question).says();
        reopen();
        assertThat(codes(card.last())).isEqualTo("200");
    }

    @Test
    void another_card_finds_nothing_of_the_first_which_finds_all_when_it_returns() {
        handOver();
        tree.put(
                "./MO",
                MgmtNode.interior("Shared").acl("Get=*&Replace=ICCID:" + CARD).build());
        Optional<Integer> version = tree.node(OBJECT).orElseThrow().verNo();

        sessions.portClosed(PORT);
        insert(OTHER);

        assertThat(heard).containsExactly("aside ICCID:" + CARD + ": another card is in the ME");
        assertThat(tree.node(OBJECT)).isEmpty();
        assertThat(tree.node("./CardSync/" + CARD)).isEmpty();
        assertThat(tree.node("./DMAcc/" + CARD)).isEmpty();
        assertThat(tree.node("./MO/Shared").orElseThrow().acl()).contains("Get=*");
        ScriptedCard first = card;
        card = new ScriptedCard().iccid(OTHER).says(get(10, OBJECT), get(11, ANCHOR));
        open();
        assertThat(card.requests().getFirst()).doesNotContain("anchor 1");
        assertThat(codes(card.last())).isEqualTo("404 404");

        card = first;
        sessions.portClosed(PORT);
        insert(CARD);
        assertThat(tree.text(OBJECT + "/Leaf")).contains("one");
        assertThat(tree.node(OBJECT).orElseThrow().verNo()).isEqualTo(version);
        open();
        assertThat(card.last()).contains("anchor 1");
    }

    @Test
    @Tag("MO-9")
    void a_card_that_offers_nothing_any_more_and_none_at_all_take_their_accounts_away() {
        switchOn(Optional.empty());
        card.says(
                        addNode(10, "./DMAcc/Home"),
                        add(11, "./DMAcc/Home/ServerID", "home"),
                        get(12, "./DMAcc/Home?prop=VerNo"))
                .says(replace(10, ANCHOR, "anchor 1"));
        open();
        tree.put("./MO", MgmtNode.interior("Of").acl("Add=home&Get=home+*").build());
        insert(CARD);
        assertThat(tree.node("./DMAcc/Home")).isPresent();

        clock.advance(Duration.ofMinutes(3));

        assertThat(heard).containsExactly("aside ICCID:" + CARD + ": the card offers nothing any more");
        assertThat(tree.node("./DMAcc/Home")).isEmpty();
        assertThat(tree.node("./MO/Of").orElseThrow().acl()).contains("Get=*");
        open();
        assertThat(heard).last().isEqualTo("back ICCID:" + CARD);
        assertThat(tree.node("./DMAcc/Home")).isPresent();

        sessions.cardRemoved("card removed");
        assertThat(tree.node("./DMAcc/Home")).isEmpty();
        assertThat(sessions.busyWith()).isEmpty();
    }

    @Test
    @Tag("MO-8")
    void turns_to_the_server_of_an_account_where_the_card_wants_it() {
        InetSocketAddress address = new InetSocketAddress("192.0.2.9", 8080);
        ScriptedCard server = new ScriptedCard()
                .says("HTTP/1.1 500 x\r\nContent-Length: 0\r\n\r\n")
                .says();
        network.listen(address, server::accept);
        switchOn(Optional.empty());
        card.says(
                        addNode(10, "./DMAcc/Home"),
                        add(11, "./DMAcc/Home/ServerID", "home"),
                        addNode(12, "./DMAcc/Home/AppAddr"),
                        addNode(13, "./DMAcc/Home/AppAddr/1"),
                        add(14, "./DMAcc/Home/AppAddr/1/Addr", "http://192.0.2.9:8080/its/dm?x=1"),
                        get(15, "./DMAcc/Home?prop=VerNo"))
                .says(replace(10, CONNECT, "./DMAcc/Home"), replace(11, ANCHOR, "anchor 1"));

        open();
        assertThat(sessions.busyWith()).isPresent();
        clock.advance(Duration.ofSeconds(1));

        assertThat(server.heads()).hasSize(2).allMatch(head -> head.startsWith("POST /its/dm?x=1 HTTP/1.1\r\n"));
        assertThat(server.last()).contains("<Data>1201</Data>").doesNotContain("1226");
        assertThat(tree.text(CONNECT)).contains("");
        assertThat(sessions.busyWith()).isEmpty();
        reopen();
        assertThat(card.last()).as("the session is no change").contains("anchor 1");
        assertThat(server.heads()).hasSize(2);
    }

    @Test
    @Tag("MO-8")
    void turns_to_each_server_that_the_card_names() {
        List<ScriptedCard> servers = List.of(new ScriptedCard(), new ScriptedCard());
        switchOn(Optional.empty());
        for (int i = 0; i < 2; i++) {
            network.listen(new InetSocketAddress("192.0.2.9", 8081 + i), servers.get(i)::accept);
            tree.put(
                    "./DMAcc",
                    new AccountSettings(
                                    "Server" + i,
                                    "server" + i,
                                    "http://192.0.2.9:" + (8081 + i) + "/dm",
                                    Optional.empty(),
                                    Optional.empty())
                            .toNode());
        }
        card.says(replace(10, CONNECT, "./DMAcc/Server0"))
                .says(replace(10, CONNECT, "./DMAcc/Server1"))
                .says(replace(10, ANCHOR, "anchor 1"));
        open();

        assertThat(servers).allSatisfy(server -> assertThat(server.connections).isOne());
        assertThat(sessions.busyWith()).isEmpty();
        reopen();
        assertThat(servers).allSatisfy(server -> assertThat(server.connections).isOne());
    }

    @Test
    @Tag("MO-9")
    void an_me_that_is_switched_off_does_not_miss_its_card() {
        handOver();
        insert(CARD); // and the card has not opened its port again
        sessions.switchedOff();
        clock.advance(Duration.ofMinutes(10));

        assertThat(heard).isEmpty();
        assertThat(tree.node(OBJECT)).isPresent();
        assertThat(sessions.busyWith()).isEmpty();
    }

    @Test
    @Tag("MO-8")
    void an_account_that_it_cannot_use_is_left_alone() {
        switchOn(Optional.empty());
        card.says(replace(10, CONNECT, "./DMAcc/Nobody"));
        open();

        assertThat(outcome()).isEqualTo(SessionOutcome.State.COMPLETE);
        assertThat(tree.text(CONNECT)).contains("");
        assertThat(sessions.busyWith()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n" + ScriptedCard.CUT_SHORT,
                "DROP",
                "SILENCE",
                "HTTP/9\r\n\r\n"
            })
    void a_card_that_is_busy_or_breaks_off_is_tried_again_with_growing_delays(String answer) {
        switchOn(Optional.empty());
        for (int i = 0; i < 8; i++) {
            card.says(answer);
        }
        List<Long> tries = new ArrayList<>();
        open();
        for (int seconds = 0; seconds < 500; seconds++) {
            if (card.connections > tries.size()) {
                tries.add((long) seconds);
            }
            clock.advance(Duration.ofSeconds(1));
        }

        long lost = answer.equals("SILENCE") ? 60 : 0;
        assertThat(tries).containsExactly(0L, 1 + lost, 5 + 2 * lost, 21 + 3 * lost, 85 + 4 * lost);
        assertThat(outcome()).isEqualTo(SessionOutcome.State.FAILED);
        assertThat(sessions.busyWith()).isEmpty();
        int before = card.connections;
        reopen();
        assertThat(card.connections).isEqualTo(before + 1);
    }

    @Test
    void a_session_that_is_cut_leaves_no_anchor_and_the_next_goes_on() {
        handOver();
        card.says(add(10, OBJECT + "/More", "x"))
                .says("DROP")
                .says(get(10, VERSION))
                .says(replace(10, ANCHOR, "anchor 2"));
        reopen();
        clock.advance(Duration.ofSeconds(1));

        assertThat(card.requests().get(6)).as("first of the second attempt").doesNotContain("1226");
        assertThat(tree.text(OBJECT + "/More")).contains("x");
        reopen();
        assertThat(card.last()).contains("anchor 2");
    }

    @Test
    void takes_back_what_the_card_takes_back() {
        handOver();
        card.says(delete(10, OBJECT), get(11, VERSION)).says(replace(10, ANCHOR, "anchor 2"));
        reopen();
        assertThat(tree.node(OBJECT)).isEmpty();
        reopen();
        assertThat(card.last()).contains("anchor 2");

        tree.put("./MO", MgmtNode.interior("Obj").build());
        reopen();
        assertThat(card.last()).as("the device has another of the name").doesNotContain("1226");
    }

    @Test
    void reads_answers_in_chunks_and_such_that_end_with_the_connection() {
        card.manner(ScriptedCard::chunked);
        handOver();
        card.manner(ScriptedCard::untilTheEnd);
        reopen();
        assertThat(outcome()).isEqualTo(SessionOutcome.State.COMPLETE);
        assertThat(card.last()).contains("anchor 1");
    }

    @Test
    @Tag("SEC-3")
    void both_sides_prove_who_they_are() {
        String nonce = "nonce of the client";
        card.header(
                "407<Chal><Meta><Format xmlns='syncml:metinf'>b64</Format><Type xmlns='syncml:metinf'>syncml:auth-md5</Type>"
                        + "<NextNonce xmlns='syncml:metinf'>" + base64(nonce) + "</NextNonce></Meta></Chal>",
                () -> "");
        card.manner((peer, body) -> {
            boolean proven = card.requests().size() > 1;
            card.header("212", () -> proven ? credentials("ICCID:" + CARD, "card's", nonce(card.last())) : "");
            ScriptedCard.whole(peer, body);
        });
        card.says().says(addNode(10, OBJECT)).says(addNode(10, OBJECT)).says();
        switchOn(Optional.of(new DmClientProfile.Account("phone", "phone's", "card's")));
        open();

        assertThat(card.requests().get(1)).contains(digest("phone", "phone's", nonce.getBytes(UTF_8)));
        assertThat(outcome()).isEqualTo(SessionOutcome.State.COMPLETE);
        assertThat(codes(card.requests().get(2)))
                .as("not before the card has proven itself")
                .isEqualTo("407");
        assertThat(codes(card.requests().get(3))).isEqualTo("200");
        assertThat(tree.node(OBJECT)).isPresent();
    }

    @Test
    @Tag("SEC-3")
    void a_card_with_a_wrong_secret_gets_nothing_and_is_not_tried_again() {
        card.header("212", () -> credentials("ICCID:" + CARD, "wrong", new byte[0]));
        card.says(addNode(10, OBJECT)).says(addNode(10, OBJECT));
        switchOn(Optional.of(new DmClientProfile.Account("phone", "phone's", "card's")));
        open();
        clock.advance(Duration.ofMinutes(10));

        assertThat(outcome()).isEqualTo(SessionOutcome.State.NOT_AUTHENTICATED);
        assertThat(card.connections).isOne();
        assertThat(tree.node(OBJECT)).isEmpty();
    }

    private static byte[] nonce(String message) {
        String chal = ScriptedCard.value(message, "NextNonce");
        return Base64.getDecoder().decode(chal);
    }

    private static String credentials(String name, String secret, byte[] nonce) {
        return "<Cred><Meta><Format xmlns='syncml:metinf'>b64</Format><Type xmlns='syncml:metinf'>syncml:auth-md5</Type></Meta>"
                + "<Data>" + digest(name, secret, nonce) + "</Data></Cred>";
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    /** B64(H(B64(H(name:secret)):nonce)). OMA DM Security. */
    private static String digest(String name, String secret, byte[] nonce) {
        try {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            String key = Base64.getEncoder().encodeToString(md5.digest((name + ":" + secret).getBytes(UTF_8)));
            md5.update((key + ":").getBytes(UTF_8));
            return Base64.getEncoder().encodeToString(md5.digest(nonce));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
