// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Sessions with all kinds of changes, on a card whose power may be cut. */
final class PowerCutScenario implements PowerCutTest.Scenario {
    private Card card;

    @Override
    public void install() {
        card = new Card(100, 3072, 4096);
    }

    @Override
    public void run(Consumer<List<String>> afterMessage) {
        String nodes = TndsTest.node(
                "",
                TndsTest.node("a", TndsTest.leaf("a name of two blocks", "1") + TndsTest.leaf("b", "2"))
                        + TndsTest.leaf("c", "a value that takes more than one block"));
        answer(true, CommandsTest.addLeaf(2, "./MO/x", "1") + CommandsTest.addInterior(3, "./MO/i"), afterMessage);
        answer(false, TndsTest.add(2, "./MO/t", nodes), afterMessage);
        answer(
                false,
                CommandsTest.replace(2, "./MO/x", "a longer value, in two blocks")
                        + CommandsTest.addLeaf(3, "./MO/i/j", "3")
                        + CommandsTest.delete(4, "./MO/t/a"),
                afterMessage);
        answer(
                false,
                "<Atomic><CmdID>2</CmdID>" + CommandsTest.delete(3, "./MO/t") + TndsTest.add(4, "./MO/t", nodes)
                        + CommandsTest.delete(5, "./MO/none") + "</Atomic>",
                afterMessage);
        answer(
                false,
                "<Atomic><CmdID>2</CmdID>" + CommandsTest.delete(3, "./MO/t")
                        + TndsTest.add(4, "./MO/t", TndsTest.leaf("", "new")) + "</Atomic>",
                afterMessage);
        answer(
                false,
                CommandsTest.command(
                        "Add",
                        2,
                        "./MO/large",
                        "<m:Size>60</m:Size>",
                        "<Data>" + "c".repeat(30) + "</Data><MoreData/>"),
                afterMessage);
        answer(
                false,
                CommandsTest.command("Add", 2, "./MO/large", "", "<Data>" + "d".repeat(30) + "</Data>"),
                afterMessage);
        answer(
                false,
                CommandsTest.replace(2, "./MO/large?prop=Title", "a title that takes more than one block")
                        + CommandsTest.replace(3, "./MO/large?prop=ACL", "Get=*&amp;Replace=*&amp;Delete=*")
                        + TreeExchangeTest.copy(4, "./MO/large", "./MO/x")
                        + CommandsTest.replace(5, "./MO/large?prop=Name", "renamed"),
                afterMessage);
        answer(false, CommandsTest.replace(2, "./MO/renamed?prop=Name", "large"), afterMessage);
        answer(false, TndsTest.replace(2, "./MO/i", TndsTest.node("", TndsTest.leaf("k", "4"))), afterMessage);
        card.finish();
    }

    private void answer(boolean first, String commands, Consumer<List<String>> afterMessage) {
        if (first) {
            card.start();
        }
        card.receive(first ? card.authenticated(commands) : card.following(commands));
        afterMessage.accept(tree());
        card.send();
    }

    @Override
    public void restart() {
        card.store.recover();
    }

    @Override
    public List<String> tree() {
        List<String> tree = new ArrayList<>(card.tree());
        tree.addAll(card.properties());
        return tree;
    }

    /** The server comes back: the card works, and takes and gives what it is asked for. */
    @Override
    public void converge() {
        card.start();
        String commands = CommandsTest.delete(2, "./MO/x")
                + CommandsTest.delete(3, "./MO/t")
                + CommandsTest.delete(4, "./MO/i")
                + CommandsTest.delete(5, "./MO/large")
                + CommandsTest.delete(6, "./MO/renamed");
        // the nonce may or may not have been renewed before the cut
        card.receive(card.authenticated(commands + "<Final/>"));
        if (card.send().contains("<Data>401</Data>")) {
            card.receive(card.authenticated(commands + "<Final/>"));
            card.send();
        }
        if (card.tree("./MO").size() != 1) {
            throw new AssertionError(card.tree("./MO").toString());
        }
        String statuses = Card.statuses(card.thenAnswerTo(CommandsTest.addLeaf(2, "./MO/all", "x".repeat(1200))))
                .toString();
        if (!statuses.equals("[2=200]")) {
            throw new AssertionError(statuses);
        }
        card.finish();
    }
}
