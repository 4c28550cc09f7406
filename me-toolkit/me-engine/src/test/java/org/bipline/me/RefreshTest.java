// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.bipline.cat.object.Aid;
import org.bipline.cat.object.AlphaIdentifier;
import org.bipline.cat.object.DataObject;
import org.bipline.cat.object.FileList;
import org.bipline.cat.object.Item;
import org.bipline.cat.object.TypeOfCommand;
import org.bipline.cat.profile.Facility;
import org.bipline.cat.tlv.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RefreshTest {
    private static final FileList FILES = new FileList(ByteString.ofHex("013F002FE2"));
    private static final ByteString MENU =
            Commands.command(TypeOfCommand.SET_UP_MENU, 0, AlphaIdentifier.of("Toolkit"), Item.of(1, "Weather"));

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void files_are_read_anew_and_the_menu_stays(int mode) {
        try (TestMe test = new TestMe()) {
            test.perform(MENU);
            test.card.serviceTable = ByteString.ofHex("01");
            assertThat(test.me.files().serviceTable().isEmpty()).isTrue();

            assertThat(test.answerTo(refresh(mode))).isEqualTo(mode == 1 ? "03" : "00");

            assertThat(test.me.files().serviceTable()).isEqualTo(ByteString.ofHex("01"));
            assertThat(test.me.menuItems()).hasSize(1);
            assertThat(test.card.resets).hasValue(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 6})
    void the_application_ends_and_begins_anew(int mode) {
        try (TestMe test = new TestMe()) {
            test.card.applicationCommands.clear();
            test.card.command(refresh(mode));
            test.settle();

            assertThat(test.answer()).isEqualTo("00");
            assertThat(test.card.applicationCommands)
                    .containsSubsequence("STATUS 2", "SELECT 3F00", "STATUS 1")
                    .doesNotContainSequence("STATUS 1", "SELECT 3F00");
        }
    }

    @Test
    void a_reset_gets_no_response_and_forgets_all_that_the_card_set_up() {
        try (TestMe test = new TestMe()) {
            test.perform(MENU);
            test.perform(Commands.startTimer(1, 5));

            test.offer(refresh(4));

            assertThat(test.card.responsesWaiting()).isZero();
            assertThat(test.card.resets).hasValue(2);
            assertThat(test.me.menuItems()).isEmpty();
            assertThat(test.clock.waiting()).as("polling alone").isEqualTo(1);
            assertThat(test.answerTo(Commands.command(TypeOfCommand.MORE_TIME, 0)))
                    .isEqualTo("00");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 3, 4, 5, 6})
    void a_call_is_not_torn(int mode) {
        try (TestMe test = new TestMe()) {
            test.me.happens(s -> s.callConnected(0));
            assertThat(test.answerTo(refresh(mode))).isEqualTo("2002");
            assertThat(test.answerTo(refresh(1))).isEqualTo("03");
            assertThat(test.card.resets).hasValue(1);
        }
    }

    @Test
    void nothing_is_read_beyond_a_list_of_all_files_that_the_ME_keeps() {
        FileList all = new FileList(
                ByteString.ofHex("05" + "3F002FE2" + "3F002F05" + "3F007FFF6F07" + "3F007FFF6F38" + "3F007FFF6FAD"));
        try (TestMe test = new TestMe()) {
            assertThat(test.answerTo(Commands.command(TypeOfCommand.REFRESH, 1, all)))
                    .isEqualTo("00");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 5, 6})
    void an_application_that_the_ME_has_not_chosen_needs_nothing(int mode) throws Exception {
        try (TestMe test = new TestMe()) {
            test.card.serviceTable = ByteString.ofHex("01");
            test.me.powerOn();
            test.card.applicationCommands.clear();
            for (String aid : new String[] {"A0000000871004", "A00000008710020102"}) {
                assertThat(test.answerTo(refresh(mode, new Aid(ByteString.ofHex(aid)))))
                        .isEqualTo("08");
            }
            assertThat(test.card.applicationCommands).noneMatch(c -> c.startsWith("SELECT"));
            assertThat(test.answerTo(refresh(mode, new Aid(ByteString.ofHex("A0000000871002")))))
                    .isEqualTo(mode == 1 ? "03" : "00");
        }
    }

    @Test
    void a_file_change_without_files_lacks_what_it_needs() {
        try (TestMe test = new TestMe()) {
            assertThat(test.answerTo(Commands.command(TypeOfCommand.REFRESH, 1)))
                    .isEqualTo("36");
            assertThat(test.answerTo(Commands.command(TypeOfCommand.REFRESH, 0x0B)))
                    .isEqualTo("32");
        }
    }

    @Test
    void modes_that_the_profile_lacks_are_beyond_it_and_others_are_performed() {
        try (TestMe test = new TestMe()) {
            assertThat(test.answerTo(refresh(7))).isEqualTo("00");
            assertThat(test.answerTo(refresh(8))).isEqualTo("30");
            assertThat(test.answerTo(refresh(9))).isEqualTo("30");
            assertThat(test.answerTo(refresh(10))).isEqualTo("30");
        }
        EnumSet<Facility> facilities = EnumSet.copyOf(MeProfile.full().facilities());
        facilities.add(Facility.REFRESH_EUICC_PROFILE_STATE_CHANGE);
        facilities.add(Facility.REFRESH_APPLICATION_UPDATE);
        MeProfile profile = MeProfile.full().with(b -> b.facilities = facilities);
        try (TestMe test = new TestMe(b -> b.profile(profile))) {
            assertThat(test.answerTo(refresh(10))).isEqualTo("00");
            test.offer(refresh(9));
            assertThat(test.card.resets).as("another profile is another card").hasValue(2);
        }
    }

    @Test
    void an_ME_that_never_obeys_says_that_it_did() {
        MeProfile profile = MeProfile.full().withQuirks(Quirk.REFRESH_NOT_OBEYED);
        try (TestMe test = new TestMe(b -> b.profile(profile))) {
            test.card.applicationCommands.clear();
            assertThat(test.answerTo(refresh(4))).isEqualTo("00");
            assertThat(test.card.resets).hasValue(1);
            assertThat(test.card.applicationCommands).noneMatch(c -> c.startsWith("SELECT"));
        }
    }

    private static ByteString refresh(int mode, Aid... application) {
        List<DataObject> objects = new ArrayList<>(List.of(FILES));
        objects.addAll(List.of(application));
        return Commands.command(TypeOfCommand.REFRESH, mode, objects.toArray(new DataObject[0]));
    }
}
