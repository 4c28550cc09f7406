// SPDX-License-Identifier: Apache-2.0
package org.bipline.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bipline.test.GuardedPhone.PACKAGE;
import static org.bipline.test.GuardedPhone.POLICY;

import org.bipline.me.UserAction;
import org.bipline.me.UserModel;
import org.bipline.me.dm.DeviceTree;
import org.bipline.me.dm.FunctionGuard.Verdict;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server updates the firmware of a phone with leave of its card, and not without. */
@Tag("MO-6")
class FunctionAuthorisationTest {
    @Test
    void an_update_that_the_card_authorises_runs_and_the_server_is_told() throws Exception {
        try (GuardedPhone phone = new GuardedPhone().allowUpdate("Uses", "2")) {
            phone.update(PACKAGE);

            assertThat(phone.verdicts()).containsExactly(Verdict.AUTHORISED);
            assertThat(phone.version()).isEqualTo("2.0");
            assertThat(phone.tree().text(DeviceTree.FIRMWARE + "/State")).contains("90");
            assertThat(phone.results()).containsExactly("200");
            assertThat(phone.onCard(POLICY + "/Uses")).isEqualTo("1");
            assertThat(phone.onCard("./SecurityLog/Done")).contains("function", Fleet.SERVER);
        }
    }

    @Test
    @Tag("SEC-9")
    void an_update_without_a_policy_does_not_run_and_the_card_notes_it() throws Exception {
        try (GuardedPhone phone = new GuardedPhone().allow("Identifier", "urn:x-other/Run", "Server", "*")) {
            phone.update(PACKAGE);

            assertThat(phone.verdicts()).containsExactly(Verdict.REFUSED);
            assertThat(phone.version()).isEqualTo("1.0");
            assertThat(phone.tree().text(DeviceTree.FIRMWARE + "/State")).contains("70");
            assertThat(phone.results()).containsExactly("405");
            assertThat(phone.onCard("./SecurityLog/Refused")).contains("function", "403", Fleet.SERVER);
        }
    }

    @Test
    void an_update_for_which_no_card_opens_its_port_does_not_run() throws Exception {
        try (GuardedPhone phone = new GuardedPhone()) { // the card has nothing for any device
            phone.update(PACKAGE);

            assertThat(phone.verdicts()).containsExactly(Verdict.UNANSWERED);
            assertThat(phone.version()).isEqualTo("1.0");
            assertThat(phone.results()).containsExactly("400");
        }
    }

    @ParameterizedTest
    @CsvSource({"true, 2.0, 200", "false, 1.0, 405"})
    void the_user_decides_where_the_policy_wants_it(boolean yes, String version, String result) throws Exception {
        try (GuardedPhone phone = new GuardedPhone()
                .allow("Identifier", "urn:oma:mo:oma-fumo:1.0/*", "Server", Fleet.SERVER, "Package", "*")) {
            phone.user = UserModel.script(yes ? new UserAction.Confirms() : new UserAction.Refuses());
            phone.update(PACKAGE);

            assertThat(phone.version()).isEqualTo(version);
            assertThat(phone.results()).containsExactly(result);
        }
    }
}
