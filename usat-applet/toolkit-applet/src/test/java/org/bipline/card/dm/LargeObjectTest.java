// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Large objects in both directions, and answers that need several messages. OMA DM Protocol 1.2. */
class LargeObjectTest {
    private final Card card = new Card();

    private static String chunk(String command, String uri, String meta, byte[] data, boolean more) {
        return CommandsTest.command(
                command,
                2,
                uri,
                meta,
                "<Data hex='" + HexFormat.of().formatHex(data) + "'/>" + (more ? "<MoreData/>" : ""));
    }

    private static byte[] part(byte[] object, int from, int to) {
        return java.util.Arrays.copyOfRange(object, from, to);
    }

    /** Sends an object in chunks and returns the statuses of all. */
    private List<String> sendInChunks(String command, String uri, String meta, byte[] object, int size) {
        List<String> statuses = new ArrayList<>();
        card.start();
        for (int at = 0; at < object.length; at += size) {
            boolean more = at + size < object.length;
            String chunkMeta = meta + (at == 0 ? "<m:Size>" + object.length + "</m:Size>" : "");
            String body = chunk(command, uri, chunkMeta, part(object, at, Math.min(object.length, at + size)), more)
                    + (more ? "" : "<Final/>");
            assertThat(card.receive(at == 0 ? card.authenticated(body) : card.following(body)))
                    .isEqualTo(DmSession.NEXT_MESSAGE);
            String answer = card.send();
            statuses.addAll(Card.statuses(answer));
            assertThat(answer.contains("<Data>1222</Data>")).isEqualTo(more);
            assertThat(answer.contains("<Final/>")).isEqualTo(!more);
        }
        card.finish();
        return statuses;
    }

    @Test
    @Tag("MO-2")
    void a_value_comes_in_chunks() {
        byte[] value = "0123456789".repeat(200).getBytes(StandardCharsets.US_ASCII);
        assertThat(sendInChunks("Add", "./MO/x", "<m:Format>chr</m:Format>", value, 700))
                .containsExactly("2=213", "2=213", "2=200");
        assertThat(card.tree("./MO/")).containsExactly("./MO/x chr = " + "0123456789".repeat(200));
        byte[] other = "abc".repeat(500).getBytes(StandardCharsets.US_ASCII);
        assertThat(sendInChunks("Replace", "./MO/x", "", other, 400))
                .containsExactly("2=213", "2=213", "2=213", "2=200");
        assertThat(card.tree("./MO/")).containsExactly("./MO/x chr = " + "abc".repeat(500));
    }

    @Test
    @Tag("MO-2")
    void a_tnds_object_may_be_cut_anywhere() {
        String nodes = TndsTest.node(
                "", TndsTest.node("a", TndsTest.leaf("long name of a leaf", "and a value")) + TndsTest.leaf("b", "2"));
        byte[] object = XmlForm.toTnds(TndsTest.tree(nodes));
        for (int size = 1; size < object.length; size += size < 8 ? 1 : 13) {
            List<String> statuses = sendInChunks("Add", "./MO/t", TndsTest.META, object, size);
            assertThat(statuses.get(statuses.size() - 1)).isEqualTo("2=200");
            assertThat(card.tree("./MO/"))
                    .containsExactly(
                            "./MO/t node",
                            "./MO/t/a node",
                            "./MO/t/a/long name of a leaf chr = and a value",
                            "./MO/t/b chr = 2");
            card.answerTo(CommandsTest.delete(2, "./MO/t"));
            card.finish();
        }
    }

    @Test
    @Tag("INT-1")
    void nothing_is_there_before_the_last_chunk() {
        card.start();
        card.receive(card.authenticated(chunk("Add", "./MO/x", "<m:Size>20</m:Size>", new byte[10], true)));
        card.send();
        assertThat(card.tree("./MO")).containsExactly("./MO node");
        card.session.abort();
        assertThat(card.tree("./MO")).containsExactly("./MO node");
        assertThat(Card.statuses(card.answerTo(CommandsTest.addLeaf(2, "./MO/x", "1"))))
                .containsExactly("2=200");
    }

    @Test
    @Tag("INT-3")
    void a_size_that_does_not_match_is_424() {
        card.start();
        card.receive(card.authenticated(chunk("Add", "./MO/x", "<m:Size>20</m:Size>", new byte[10], true)));
        card.send();
        assertThat(Card.statuses(card.thenAnswerTo(chunk("Add", "./MO/x", "", new byte[9], false))))
                .containsExactly("2=424");
        card.receive(card.following(chunk("Add", "./MO/x", "<m:Size>20</m:Size>", new byte[10], true)));
        card.send();
        assertThat(Card.statuses(card.thenAnswerTo(chunk("Add", "./MO/x", "", new byte[11], false))))
                .containsExactly("2=424");
        card.receive(card.following(chunk("Add", "./MO/x", "<m:Size>5</m:Size>", new byte[10], true)));
        assertThat(Card.statuses(card.send())).containsExactly("2=424");
        assertThat(card.tree("./MO")).containsExactly("./MO node");
    }

    @Test
    void the_first_chunk_needs_the_size_and_a_size_that_fits() {
        card.start();
        card.receive(card.authenticated(chunk("Add", "./MO/x", "", new byte[10], true)));
        assertThat(Card.statuses(card.send())).containsExactly("2=411");
        card.receive(card.following(chunk("Add", "./MO/x", "<m:Size>24577</m:Size>", new byte[10], true)));
        assertThat(Card.statuses(card.send())).containsExactly("2=413");
        card.receive(card.following(chunk("Add", "./MO/x", "<m:Size>4294967295</m:Size>", new byte[10], true)));
        assertThat(Card.statuses(card.send())).containsExactly("2=413");
        assertThat(card.tree("./MO")).containsExactly("./MO node");
    }

    @Test
    void anything_else_before_the_last_chunk_gives_the_object_up_with_alert_1225() {
        for (String other : List.of(
                CommandsTest.get(3, "./MO"),
                CommandsTest.addLeaf(3, "./MO/y", "1"),
                CommandsTest.addLeaf(3, "./MO/none/x", "1"),
                "")) {
            card.start();
            card.receive(card.authenticated(chunk("Add", "./MO/x", "<m:Size>20</m:Size>", new byte[10], true)));
            card.send();
            String answer = card.thenAnswerTo(other);
            assertThat(answer)
                    .contains("<Data>1225</Data><Item><Target><LocURI>./MO/x</LocURI></Target></Item></Alert>");
            assertThat(Card.statuses(answer)).hasSize(other.isEmpty() ? 0 : 1);
            assertThat(card.thenAnswerTo(CommandsTest.get(2, "./MO"))).doesNotContain("1225");
            assertThat(card.tree("./MO/x")).isEmpty();
        }
    }

    @Test
    void alert_1225_names_a_property_or_nothing_that_finds_no_room() {
        String longName = "n".repeat(64);
        card.answerTo(CommandsTest.addLeaf(2, "./MO/x", "1")
                + CommandsTest.addInterior(3, "./MO/" + longName)
                + CommandsTest.addInterior(4, "./MO/" + longName + "/" + longName));
        card.receive(card.following(chunk("Replace", "./MO/x?prop=Title", "<m:Size>20</m:Size>", new byte[10], true)));
        card.send();
        assertThat(card.thenAnswerTo("")).contains("<LocURI>./MO/x?prop=Title</LocURI></Target></Item></Alert>");
        String deep = "./MO/" + longName + "/" + longName + "/" + longName;
        card.receive(card.following(chunk("Add", deep, "<m:Size>20</m:Size>", new byte[10], true)));
        card.send();
        assertThat(card.thenAnswerTo("")).contains("<Data>1225</Data></Alert>");
    }

    @Test
    void results_whose_end_the_server_did_not_see_are_given_up() {
        Card limited = new Card().withLimits(700, 5000);
        limited.start();
        limited.receive(limited.authenticated(chunk(
                        "Add",
                        "./MO/x",
                        "<m:Format>chr</m:Format>",
                        "x".repeat(2000).getBytes(StandardCharsets.US_ASCII),
                        false)
                + "<Final/>"));
        limited.send();
        limited.receive(
                limited.following(CommandsTest.get(3, "./MO/x") + CommandsTest.get(4, "./DevInfo/DmV") + "<Final/>"));
        assertThat(limited.send()).contains("<MoreData/>").doesNotContain("./DevInfo/DmV");
        limited.receive(limited.following("<Alert><CmdID>2</CmdID><Data>1225</Data></Alert>"));
        assertThat(limited.send())
                .doesNotContain("xxx")
                .contains("./DevInfo/DmV</LocURI>")
                .contains("<Cmd>Alert</Cmd><Data>200</Data>")
                .contains("<Final/>");
        limited.finish();
    }

    @Test
    void no_chunk_may_stand_in_atomic() {
        String answer = card.answerTo("<Atomic><CmdID>3</CmdID>"
                + chunk("Add", "./MO/x", "<m:Size>20</m:Size>", new byte[10], true) + "</Atomic>");
        assertThat(Card.statuses(answer)).containsExactly("3=507", "2=500");
    }

    @Test
    @Tag("MO-2")
    void a_large_value_leaves_in_chunks_within_the_servers_limit() {
        byte[] value = new byte[2000];
        new Random(1).nextBytes(value);
        Card limited = new Card().withLimits(700, 5000);
        limited.start();
        limited.receive(
                limited.authenticated(chunk("Add", "./MO/x", "<m:Format>bin</m:Format>", value, false) + "<Final/>"));
        limited.send();
        limited.receive(limited.following(CommandsTest.get(2, "./MO") + CommandsTest.get(3, "./MO/x")
                + CommandsTest.get(4, "./MO/x") + "<Final/>"));
        StringBuilder received = new StringBuilder();
        List<String> statuses = new ArrayList<>();
        int messages = 0;
        boolean more = true;
        while (more) {
            int length = limited.write().length;
            String answer = limited.send();
            assertThat(length).isLessThanOrEqualTo(700);
            messages++;
            statuses.addAll(Card.statuses(answer));
            for (String results : answer.split("<Results>", -1)) {
                if (results.contains("./MO/x</LocURI>")) {
                    assertThat(results.contains("<m:Size>2000</m:Size>")).isEqualTo(received.length() % 4000 == 0);
                    received.append(Card.tag(results, "Data").substring(1));
                    assertThat(results.contains("<MoreData/>")).isEqualTo(received.length() % 4000 != 0);
                }
            }
            more = !answer.contains("<Final/>");
            if (more) {
                assertThat(limited.receive(limited.following("<Alert><CmdID>2</CmdID><Data>1222</Data></Alert>")))
                        .isEqualTo(DmSession.NEXT_MESSAGE);
            }
        }
        String hex = HexFormat.of().formatHex(value);
        assertThat(received.toString()).isEqualTo(hex + hex);
        assertThat(statuses.stream().filter(s -> s.equals("3=200") || s.equals("4=200")))
                .containsExactly("3=200", "4=200");
        assertThat(messages).isBetween(8, 12);
        limited.finish();
    }

    @Test
    void properties_that_find_no_room_go_into_the_next_message() {
        Card limited = new Card().withLimits(700, 5000);
        limited.start();
        StringBuilder gets = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            gets.append(CommandsTest.get(10 + i, "./MO?prop=Name"));
        }
        limited.receive(limited.authenticated(gets + "<Final/>"));
        int results = 0;
        String answer;
        do {
            assertThat(limited.write().length).isLessThanOrEqualTo(700);
            answer = limited.send();
            results += answer.split("\\?prop=Name</LocURI></Source>.*?<Data>MO</Data>", -1).length - 1;
            limited.receive(limited.following("<Alert><CmdID>2</CmdID><Data>1222</Data></Alert>"));
        } while (!answer.contains("<Final/>"));
        assertThat(results).isEqualTo(20);
    }

    @Test
    void many_statuses_go_into_several_messages() {
        Card limited = new Card().withLimits(512, 5000);
        StringBuilder commands = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            commands.append(CommandsTest.addLeaf(10 + i, "./MO/n" + i, "v"));
        }
        limited.start();
        limited.receive(limited.authenticated(commands + "<Final/>"));
        List<String> statuses = new ArrayList<>();
        boolean more = true;
        while (more) {
            assertThat(limited.write().length).isLessThanOrEqualTo(512);
            String answer = limited.send();
            statuses.addAll(Card.statuses(answer));
            more = !answer.contains("<Final/>");
            if (more) {
                limited.receive(limited.following("<Alert><CmdID>2</CmdID><Data>1222</Data></Alert>"));
            }
        }
        assertThat(statuses.stream().filter(status -> !status.startsWith("2=")))
                .hasSize(40)
                .startsWith("10=200")
                .endsWith("49=200");
        limited.finish();
    }

    @Test
    void an_object_larger_than_the_server_takes_is_not_read() {
        Card limited = new Card().withLimits(1000, 100);
        limited.start();
        limited.receive(limited.authenticated(
                CommandsTest.addLeaf(2, "./MO/x", "v".repeat(101)) + CommandsTest.get(3, "./MO/x")));
        assertThat(Card.statuses(limited.send())).containsExactly("2=200", "3=413");
    }
}
