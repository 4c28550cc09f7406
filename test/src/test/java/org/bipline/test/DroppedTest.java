// SPDX-License-Identifier: Apache-2.0
package org.bipline.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import org.bipline.cat.envelope.Envelope;
import org.bipline.cat.profile.Facility;
import org.bipline.cat.tlv.ByteString;
import org.bipline.lab.trace.CardEvents;
import org.bipline.lab.trace.MeEvents;
import org.bipline.me.MeProfile;
import org.bipline.me.Surroundings;
import org.bipline.uicc.runtime.Uicc;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An event, a command or a trigger that goes no further has a line with the reason in whatever a user reads. */
@Timeout(60)
class DroppedTest {
    private static final String AID = "F00000000102";
    private static final HexFormat HEX = HexFormat.of();

    @TempDir
    Path directory;

    private static Envelope envelope(String hex) throws Exception {
        return Envelope.decode(ByteString.ofHex(hex));
    }

    private Uicc card(Outputs outputs) throws Exception {
        return ForeignAppletsTest.addWeather(
                        Uicc.builder().listener(new CardEvents(outputs.trace(), "1", Map.of())),
                        AppletJar.of(directory, "WeatherApplet"))
                .build();
    }

    @Test
    void not_in_the_profile_nor_in_the_event_list_not_the_owner_not_selectable() throws Exception {
        Outputs outputs = new Outputs(directory);
        Set<Facility> facilities = EnumSet.copyOf(MeProfile.full().facilities());
        facilities.removeAll(Set.of(Facility.EVENT_CHANNEL_STATUS, Facility.EVENT_USER_ACTIVITY));
        MeProfile profile = MeProfile.full().with(b -> b.facilities = facilities);
        Uicc card = card(outputs);
        InetSocketAddress nowhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
        try (outputs;
                Phone phone = new Phone(
                        card, nowhere, me -> me.profile(profile).listener(new MeEvents(outputs.trace(), "1")))) {
            phone.me().happens(Surroundings::userActivity);
            phone.me().happens(surroundings -> surroundings.languageSelected("de"));
            phone.me().envelope("DATA AVAILABLE", envelope("D60E" + "990109" + "82028281" + "B8028300" + "B70105"));
            card.lock(HEX.parseHex(AID));
            phone.me().envelope("MENU SELECTION", envelope("D307" + "82020181" + "900180"));
        }

        outputs.assertDropped(
                "EVENT_DOWNLOAD_CHANNEL_STATUS for " + AID,
                "not in the event list: the terminal profile has no bit 43");
        outputs.assertDropped("user activity", "not in the terminal profile");
        outputs.assertDropped("language selection", "not in the event list that the card has set up");
        outputs.assertDropped("EVENT_DOWNLOAD_DATA_AVAILABLE", "no applet owns the channel");
        outputs.assertDropped("MENU_SELECTION for " + AID, "the applet is locked or not yet selectable");
    }

    @Test
    void the_handler_is_busy() throws Exception {
        Outputs outputs = new Outputs(directory);
        try (outputs;
                Uicc card = card(outputs)) {
            card.reset();
            assertThat(card.transmit(HEX.parseHex("8010000009" + "FF".repeat(9)))[0])
                    .as("SET UP MENU waits")
                    .isEqualTo((byte) 0x91);
            card.transmit(HEX.parseHex("80C2000009" + "D307" + "82020181" + "900180"));
        }

        outputs.assertDropped("proactive handler for " + AID, "a proactive command is under way");
        outputs.assertDropped("applet " + AID + " ended in an exception", "uicc.toolkit.ToolkitException");
    }
}
