// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import static org.bipline.cat.profile.Facility.*;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.bipline.cat.object.AccessTechnology.Technology;
import org.bipline.cat.profile.Facility;
import org.bipline.cat.profile.TerminalProfile;

/**
 * What an ME is and can do. The one source of both its terminal profile and its behaviour: a command whose facility is not
 * in the profile is refused.
 *
 * @param terminalProfile what the ME says to the card
 * @param imei 15 digits
 * @param imeisv 16 digits
 * @param language two letters of ISO 639
 * @param plmn country and network code of the serving network, five or six digits
 * @param areaCode location or tracking area code of the serving cell
 * @param cellIdentity of the serving cell
 * @param accessTechnology in use
 * @param maxBufferSize largest buffer size in bytes that the ME grants to a channel
 * @param statusInterval interval of STATUS commands until the card asks for another; zero for none
 * @param connectTimeout how long the ME waits for a link to be established
 */
public record MeProfile(
        TerminalProfile terminalProfile,
        String imei,
        String imeisv,
        String language,
        String plmn,
        int areaCode,
        int cellIdentity,
        Technology accessTechnology,
        int maxBufferSize,
        Duration statusInterval,
        Duration connectTimeout) {
    private static final Set<Facility> IMPLEMENTED = EnumSet.of(
            PROFILE_DOWNLOAD,
            MENU_SELECTION,
            TIMER_EXPIRATION,
            COMMAND_RESULT,
            UCS2_DISPLAY,
            DISPLAY_TEXT,
            MORE_TIME,
            POLL_INTERVAL,
            POLLING_OFF,
            SET_UP_MENU,
            PROVIDE_LOCAL_INFORMATION,
            SET_UP_EVENT_LIST,
            EVENT_DATA_AVAILABLE,
            EVENT_CHANNEL_STATUS,
            TIMER_MANAGEMENT_START_STOP,
            TIMER_MANAGEMENT_GET_CURRENT_VALUE,
            PROVIDE_LOCAL_INFORMATION_DATE_TIME_ZONE,
            PROVIDE_LOCAL_INFORMATION_LANGUAGE,
            PROVIDE_LOCAL_INFORMATION_ACCESS_TECHNOLOGY,
            PROVIDE_LOCAL_INFORMATION_IMEISV,
            OPEN_CHANNEL,
            CLOSE_CHANNEL,
            RECEIVE_DATA,
            SEND_DATA,
            GET_CHANNEL_STATUS,
            BEARER_GPRS,
            BEARER_EUTRAN,
            UTRAN_PS_EXTENDED_PARAMETERS,
            TCP_CLIENT_REMOTE,
            UDP_CLIENT_REMOTE,
            TCP_SERVER,
            TCP_CLIENT_LOCAL,
            UDP_CLIENT_LOCAL);

    public MeProfile {
        Objects.requireNonNull(terminalProfile, "terminal profile");
        Objects.requireNonNull(accessTechnology, "access technology");
        if (!imei.matches("[0-9]{15}") || !imeisv.matches("[0-9]{16}")) {
            throw new IllegalArgumentException("IMEI has 15 digits, IMEISV 16");
        }
        if (maxBufferSize < 1 || maxBufferSize > 0xFFFF) {
            throw new IllegalArgumentException("largest buffer size " + maxBufferSize);
        }
    }

    /** An ME with all that this engine implements: seven channels over packet data, menu and display. */
    public static MeProfile full() {
        return new MeProfile(
                TerminalProfile.of(IMPLEMENTED, 7),
                "490154203237518",
                "4901542032375101",
                "en",
                "00101",
                0x0001,
                0x0001,
                Technology.EUTRAN,
                1500,
                Duration.ofSeconds(30),
                Duration.ofSeconds(30));
    }

    public boolean supports(Facility facility) {
        return terminalProfile.supports(facility);
    }

    public MeProfile withTerminalProfile(TerminalProfile other) {
        return new MeProfile(
                other,
                imei,
                imeisv,
                language,
                plmn,
                areaCode,
                cellIdentity,
                accessTechnology,
                maxBufferSize,
                statusInterval,
                connectTimeout);
    }

    public MeProfile withImei(String other, String otherSv) {
        return new MeProfile(
                terminalProfile,
                other,
                otherSv,
                language,
                plmn,
                areaCode,
                cellIdentity,
                accessTechnology,
                maxBufferSize,
                statusInterval,
                connectTimeout);
    }

    public MeProfile withMaxBufferSize(int bytes) {
        return new MeProfile(
                terminalProfile,
                imei,
                imeisv,
                language,
                plmn,
                areaCode,
                cellIdentity,
                accessTechnology,
                bytes,
                statusInterval,
                connectTimeout);
    }

    /** The same ME with other times between STATUS commands and until it gives up a connection. */
    public MeProfile withTimes(Duration otherStatusInterval, Duration otherConnectTimeout) {
        return new MeProfile(
                terminalProfile,
                imei,
                imeisv,
                language,
                plmn,
                areaCode,
                cellIdentity,
                accessTechnology,
                maxBufferSize,
                otherStatusInterval,
                otherConnectTimeout);
    }
}
