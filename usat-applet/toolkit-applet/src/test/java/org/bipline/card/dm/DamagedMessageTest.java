// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Messages cut at every byte, with every bit flipped, and at random: the tree stays, or the message was a proper one. */
class DamagedMessageTest {
    private static final String COMMANDS = CommandsTest.addInterior(2, "./MO/a")
            + TndsTest.add(3, "./MO/t", TndsTest.node("", TndsTest.node("b", TndsTest.leaf("c", "value"))))
            + CommandsTest.replace(4, "./MO/x", "new") + CommandsTest.get(5, "./MO/x") + "<Atomic><CmdID>6</CmdID>"
            + CommandsTest.delete(7, "./MO/x") + CommandsTest.addLeaf(8, "./MO/x", "other") + "</Atomic>"
            + CommandsTest.replace(9, "./MO/t?prop=Title", "a title")
            + CommandsTest.replace(10, "./MO/t?prop=ACL", "Get=*")
            + TreeExchangeTest.copy(11, "./MO/t/b/c", "./MO/t/d")
            + CommandsTest.replace(12, "./MO/t/b?prop=Name", "e")
            + CommandsTest.get(13, "./MO?list=TNDS+ACL")
            + "<Alert><CmdID>14</CmdID><Data>1222</Data></Alert><Final/>";

    private static final String FIRST_CHUNK =
            chunk("<m:Size>60</m:Size>", "<Data>" + "c".repeat(30) + "</Data><MoreData/>");
    private static final String LAST_CHUNK = chunk("", "<Data>" + "d".repeat(30) + "</Data>") + "<Final/>";

    /** What is damaged. */
    enum Message {
        COMMANDS,
        CREDENTIALS,
        BEGIN_OF_OBJECT,
        END_OF_OBJECT
    }

    private final Card card = new Card(200, 8192, 4096);

    private static String chunk(String meta, String data) {
        return CommandsTest.command("Add", 2, "./MO/large", meta, data);
    }

    /** Begins a session on a card with ./MO/x only and returns the server's next message. */
    private byte[] prepare(Message kind) {
        begin();
        return XmlForm.toWbxml(
                switch (kind) {
                    case COMMANDS -> card.following(COMMANDS);
                    case CREDENTIALS -> {
                        card.session.abort();
                        card.start();
                        yield card.authenticated(CommandsTest.addLeaf(2, "./MO/y", "1") + "<Final/>");
                    }
                    case BEGIN_OF_OBJECT -> card.following(FIRST_CHUNK);
                    case END_OF_OBJECT -> {
                        card.receive(card.following(FIRST_CHUNK));
                        assertThat(Card.statuses(card.send())).containsExactly("2=213");
                        yield card.following(LAST_CHUNK);
                    }
                });
    }

    private void begin() {
        short mo = card.store.child(MoStore.ROOT, Card.bytes("MO"), (short) 0, (short) 2);
        while (card.store.firstChild(mo) != MoStore.NONE) {
            card.store.delete(card.store.firstChild(mo));
            card.store.commit();
        }
        card.start();
        card.receive(card.authenticated(CommandsTest.addLeaf(2, "./MO/x", "old") + "<Final/>"));
        if (card.send().contains("<Data>401</Data>")) { // the nonce had been used
            card.receive(card.authenticated(CommandsTest.addLeaf(2, "./MO/x", "old") + "<Final/>"));
            card.send();
        }
        assertThat(card.tree("./MO")).containsExactly("./MO node", "./MO/x chr = old");
    }

    /** What the card holds but for its security log: who has proven who he is stays noted, whatever his message is worth. */
    private List<String> content() {
        return Stream.concat(card.tree().stream(), card.properties().stream())
                .filter(line -> !line.startsWith("./SecurityLog"))
                .toList();
    }

    /** Feeds a damaged message; a session that fails must leave the tree, the next one must work. */
    private byte feed(byte[] message) {
        List<String> before = content();
        byte result = card.receive(message);
        if (result == DmSession.NEXT_MESSAGE) {
            card.write();
        } else if (result == DmSession.FAILED) {
            assertThat(content()).isEqualTo(before);
            assertThat(card.session.reason()).isNotZero();
        }
        card.session.abort();
        return result;
    }

    @ParameterizedTest
    @EnumSource
    @Tag("INT-3")
    @Tag("SEC-5")
    void a_message_cut_at_any_byte_has_no_effect(Message kind) {
        byte[] message = prepare(kind);
        assertThat(feed(message)).isEqualTo(DmSession.NEXT_MESSAGE); // undamaged
        for (int length = 0; length < message.length; length++) {
            byte[] whole = prepare(kind);
            assertThat(feed(Arrays.copyOf(whole, length)))
                    .as("%d bytes", length)
                    .isEqualTo(DmSession.FAILED);
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("INT-3")
    @Tag("SEC-5")
    void any_flipped_bit_leaves_the_card_in_order(Message kind) {
        byte[] message = prepare(kind);
        int refused = 0;
        for (int bit = 0; bit < 8 * message.length; bit++) {
            byte[] flipped = prepare(kind);
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            if (feed(flipped) == DmSession.FAILED) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(message.length);
    }

    @Test
    @Tag("INT-3")
    void random_damage_leaves_the_card_in_order() {
        Random random = new Random(3);
        for (int run = 0; run < 3000; run++) {
            byte[] damaged = prepare(Message.COMMANDS);
            for (int n = random.nextInt(1, 6); n > 0; n--) {
                int at = random.nextInt(damaged.length);
                switch (random.nextInt(3)) {
                    case 0 -> damaged[at] = (byte) random.nextInt(256);
                    case 1 -> { // a part twice
                        int from = random.nextInt(damaged.length);
                        int length = random.nextInt(Math.min(60, damaged.length - Math.max(at, from)));
                        System.arraycopy(damaged, from, damaged, at, length);
                    }
                    default -> damaged = Arrays.copyOf(damaged, Math.max(6, at));
                }
            }
            feed(damaged);
        }
    }
}
