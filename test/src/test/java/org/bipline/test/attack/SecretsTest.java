// SPDX-License-Identifier: Apache-2.0
package org.bipline.test.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.bipline.dm.server.ManagementCommand;
import org.bipline.dm.server.NodeResult;
import org.bipline.me.MeProfile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever wants to know the value of a sensitive leaf. Without the policy that calls it so he succeeds. */
@Tag("SEC-6")
class SecretsTest {
    private static final String SENSITIVE = "Pin, false";

    @ParameterizedTest
    @CsvSource({SENSITIVE, "other, true"})
    void a_reader_of_the_memory_does_not_find_it(String sensitive, boolean succeeds) throws Exception {
        try (BoundCard card = new BoundCard(true, "Sensitive", sensitive)) {
            assertThat(card.holdsInClear(BoundCard.VALUE)).isEqualTo(succeeds);
            card.in(MeProfile.full(), BoundCard.OWNER);
            assertThat(card.holdsInClear(BoundCard.VALUE))
                    .as("after a hand-over")
                    .isEqualTo(succeeds);
        }
    }

    @ParameterizedTest
    @CsvSource({SENSITIVE, "other, true"})
    void a_curious_authority_does_not_read_it(String sensitive, boolean succeeds) throws Exception {
        try (BoundCard card = new BoundCard(true, "Sensitive", sensitive)) {
            for (List<? extends ManagementCommand> commands : List.of(
                    List.of(ManagementCommand.get(BoundCard.PIN)),
                    List.of(ManagementCommand.get(BoundCard.OBJECT + "?list=StructData")),
                    List.of(ManagementCommand.get(BoundCard.OBJECT + "?list=TNDS")),
                    List.of(
                            ManagementCommand.copy(BoundCard.PIN, BoundCard.OBJECT + "/Copy"),
                            ManagementCommand.get(BoundCard.OBJECT + "/Copy")),
                    List.of(
                            ManagementCommand.replace(
                                    "./Policy/Bank/Sensitive", Format.CHR, "text/plain", NodeValue.text("nothing")),
                            ManagementCommand.get(BoundCard.PIN)))) {
                List<NodeResult> results =
                        card.manage(commands.toArray(ManagementCommand[]::new)).results();
                assertThat(results.stream().anyMatch(SecretsTest::hasValue))
                        .as(commands.toString())
                        .isEqualTo(succeeds);
            }
        }
    }

    private static boolean hasValue(NodeResult result) {
        return result.value()
                .map(value -> new String(value.octets().toByteArray(), StandardCharsets.ISO_8859_1))
                .filter(text -> text.contains(BoundCard.VALUE))
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource({"true, false", "false, true"})
    void a_terminal_without_credentials_does_not_get_it(boolean sensitive, boolean succeeds) throws Exception {
        try (BoundCard card = sensitive ? new BoundCard(false, "Sensitive", "Pin") : new BoundCard(false)) {
            assertThat(card.in(MeProfile.full(), BoundCard.OWNER)
                            .text(BoundCard.PIN)
                            .isPresent())
                    .isEqualTo(succeeds);
        }
    }
}
