// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The policies of objects, which the server writes below ./Policy. Technical specification clause 4. */
class PolicyTest {
    private final Card card = new Card();
    private final Policy policy = card.records.policy;

    @BeforeEach
    void an_object() {
        card.answerTo(CommandsTest.addInterior(2, "./MO/wifi"));
    }

    private short object() {
        return card.node("./MO/wifi");
    }

    private void give(String leaves) {
        String answer = card.thenAnswerTo(TndsTest.add(2, "./Policy/wifi", TndsTest.node("", leaves)));
        assertThat(Card.statuses(answer)).containsExactly("2=200");
    }

    private String target() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        policy.writeTarget(object(), Card.sink(out));
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    @Tag("MO-1")
    void an_object_without_a_policy_is_not_released() {
        assertThat(policy.direction(object())).isEqualTo(Policy.NOT_RELEASED);
        assertThat(policy.conflict(object())).isEqualTo(Policy.CARD_WINS);
        assertThat(policy.asksUser(object())).isTrue();
        assertThat(policy.connects(object())).isFalse();
        assertThat(policy.level(object())).isEqualTo((byte) 0);
        assertThat(target()).isEqualTo("./MO/wifi");
    }

    @Test
    @Tag("MO-1")
    void the_policy_of_another_object_does_not_count() {
        card.thenAnswerTo(TndsTest.add(2, "./Policy/wifi2", TndsTest.node("", TndsTest.leaf("Direction", "both"))));
        assertThat(policy.direction(object())).isEqualTo(Policy.NOT_RELEASED);
    }

    @ParameterizedTest
    @Tag("MO-1")
    @CsvSource({"none, 0", "device, 1", "both, 2", "Both, 0", "bothways, 0", "'', 0"})
    void the_direction_is_none_where_it_is_not_a_known_word(String value, byte direction) {
        give(TndsTest.leaf("Direction", value));
        assertThat(policy.direction(object())).isEqualTo(direction);
    }

    @ParameterizedTest
    @Tag("MO-1")
    @CsvSource({"card, 1", "device, 2", "newer, 3", "ask, 4", "older, 4"})
    void the_conflict_rule_is_to_ask_where_it_is_not_a_known_word(String value, byte rule) {
        give(TndsTest.leaf("Conflict", value));
        assertThat(policy.conflict(object())).isEqualTo(rule);
    }

    @ParameterizedTest
    @Tag("MO-8")
    @CsvSource({"true, true, true", "false, false, false", "no, true, false", "'', true, false"})
    void nobody_is_asked_only_where_the_policy_says_so(String value, boolean asks, boolean connects) {
        give(TndsTest.leaf("Consent", value) + TndsTest.leaf("Connect", value));
        assertThat(policy.asksUser(object())).isEqualTo(asks);
        assertThat(policy.connects(object())).isEqualTo(connects);
    }

    @ParameterizedTest
    @Tag("MO-1")
    @CsvSource({"0, 0", "1, 1", "2, 2", "3, 2", "none, 2", "'', 2"})
    void the_level_is_the_highest_unless_it_is_another(String value, byte level) {
        give(TndsTest.leaf("Level", value));
        assertThat(policy.level(object())).isEqualTo(level);
    }

    @ParameterizedTest
    @Tag("MO-1")
    @CsvSource({"./Con/3gpp, ./Con/3gpp", "'', ./MO/wifi"})
    void the_target_is_a_URI_of_the_device(String value, String target) {
        give(TndsTest.leaf("Target", value));
        assertThat(target()).isEqualTo(target);
    }

    @Test
    @Tag("MO-1")
    @Tag("MO-3")
    void a_policy_is_read_changed_and_taken_away_as_any_node() {
        give(TndsTest.leaf("Direction", "device"));
        assertThat(Card.statuses(card.thenAnswerTo(CommandsTest.replace(2, "./Policy/wifi/Direction", "both")
                        + CommandsTest.addLeaf(3, "./Policy/wifi/Consent", "false"))))
                .containsExactly("2=200", "3=200");
        assertThat(policy.direction(object())).isEqualTo(Policy.BOTH_WAYS);
        assertThat(card.thenAnswerTo(CommandsTest.get(2, "./Policy/wifi/Direction")))
                .contains("<Data>both</Data>");
        assertThat(Card.statuses(card.thenAnswerTo(CommandsTest.delete(2, "./Policy/wifi"))))
                .containsExactly("2=200");
        assertThat(policy.direction(object())).isEqualTo(Policy.NOT_RELEASED);
        assertThat(Card.statuses(card.thenAnswerTo(CommandsTest.delete(2, "./Policy"))))
                .containsExactly("2=405");
    }

    @Test
    void an_interior_node_in_the_place_of_a_leaf_counts_as_missing() {
        give(TndsTest.node("Target", TndsTest.leaf("x", "1")) + TndsTest.node("Direction", TndsTest.leaf("both", "")));
        assertThat(target()).isEqualTo("./MO/wifi");
        assertThat(policy.direction(object())).isEqualTo(Policy.NOT_RELEASED);
    }
}
