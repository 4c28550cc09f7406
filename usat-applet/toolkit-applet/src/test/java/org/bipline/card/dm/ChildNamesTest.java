// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ChildNamesTest {
    private final Card card = new Card();
    private final ChildNames names = new ChildNames(card.store, new Acl(card.store, card.account));

    private String written(String uri, int from, int to) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        names.write(card.node(uri), (short) from, (short) (to - from), Card.sink(out));
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    @Tag("SEC-1")
    void the_list_of_children_is_read_in_parts_without_those_that_the_server_may_not_get() {
        card.answerTo(CommandsTest.addInterior(2, "./MO/list")
                + CommandsTest.addInterior(3, "./MO/list/hidden")
                + CommandsTest.addLeaf(4, "./MO/list/a", "")
                + CommandsTest.addLeaf(5, "./MO/list/twenty characters long", "")
                + CommandsTest.addInterior(6, "./MO/list/too")
                + CommandsTest.addLeaf(7, "./MO/list/c", "")
                + CommandsTest.replace(8, "./MO/list/hidden?prop=ACL", "Get=other")
                + CommandsTest.replace(9, "./MO/list/too?prop=ACL", "Get=other"));
        String list = "a/twenty characters long/c";
        assertThat(names.length(card.node("./MO/list"))).isEqualTo((short) list.length());
        for (int from = 0; from <= list.length(); from++) {
            for (int to = from; to <= list.length(); to++) {
                assertThat(written("./MO/list", from, to)).isEqualTo(list.substring(from, to));
            }
        }
    }

    @Test
    void the_value_of_a_leaf_is_its_own() {
        card.answerTo(CommandsTest.addLeaf(2, "./MO/leaf", "value"));
        assertThat(names.length(card.node("./MO/leaf"))).isEqualTo((short) 5);
        assertThat(written("./MO/leaf", 1, 4)).isEqualTo("alu");
    }
}
