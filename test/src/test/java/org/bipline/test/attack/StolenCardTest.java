// SPDX-License-Identifier: Apache-2.0
package org.bipline.test.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import org.bipline.cat.profile.Facility;
import org.bipline.me.MeProfile;
import org.bipline.me.dm.ManagementTree;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A card in another device than its owner's, whose thief knows the credentials of devices. Without a binding he succeeds. */
@Tag("SEC-4")
class StolenCardTest {
    private static final MeProfile OWNERS = MeProfile.full();
    private static final MeProfile THIEFS = OWNERS.withImei(BoundCard.THIEF, BoundCard.THIEF + "1");

    private static boolean has(ManagementTree tree) {
        return tree.text(BoundCard.PIN).filter(BoundCard.VALUE::equals).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"device, false", "none, true"})
    void another_device_does_not_get_what_is_bound(String binding, boolean succeeds) throws Exception {
        try (BoundCard card = new BoundCard(true, "Binding", binding)) {
            assertThat(has(card.in(OWNERS, BoundCard.OWNER))).isTrue();
            assertThat(has(card.in(THIEFS, BoundCard.THIEF))).isEqualTo(succeeds);
            assertThat(has(card.in(OWNERS, BoundCard.OWNER)))
                    .as("back in the owner's device, before the server says so")
                    .isEqualTo(succeeds);
        }
    }

    @ParameterizedTest
    @CsvSource({"device, false", "none, true"})
    void a_DM_client_that_takes_the_owners_name_does_not_get_it(String binding, boolean succeeds) throws Exception {
        try (BoundCard card = new BoundCard(true, "Binding", binding)) {
            assertThat(has(card.in(THIEFS, BoundCard.OWNER))).isEqualTo(succeeds);
        }
    }

    @ParameterizedTest
    @CsvSource({"device, false", "none, true"})
    void an_ME_that_does_not_tell_its_IMEI_does_not_get_it(String binding, boolean succeeds) throws Exception {
        Set<Facility> others = EnumSet.copyOf(THIEFS.facilities());
        others.remove(Facility.PROVIDE_LOCAL_INFORMATION);
        MeProfile silent = THIEFS.with(b -> b.facilities = others);
        try (BoundCard card = new BoundCard(true, "Binding", binding)) {
            assertThat(has(card.in(silent, BoundCard.OWNER))).isEqualTo(succeeds);
        }
    }
}
