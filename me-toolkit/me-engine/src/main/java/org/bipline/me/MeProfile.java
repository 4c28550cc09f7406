// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.bipline.cat.object.AccessTechnology.Technology;
import org.bipline.cat.profile.Facility;
import org.bipline.cat.profile.TerminalProfile;

/**
 * What an ME is and can do. The one source of both its terminal profile and its behaviour: a command whose facility is not
 * among the facilities is refused, and the terminal profile announces the facilities, unless another one is announced on
 * purpose.
 *
 * @param facilities what the ME can do
 * @param channels number of channels that can be open at a time, 0 to 7
 * @param announced what the ME says to the card where that is not the truth
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
 * @param userTimeout how long the ME waits for its user where the command does not say
 * @param latency how long the ME takes to answer a proactive command
 * @param quirks departures from the standard
 * @param dmClient the ME's DM client; empty for an ME without one
 */
public record MeProfile(
        Set<Facility> facilities,
        int channels,
        Optional<TerminalProfile> announced,
        String imei,
        String imeisv,
        String language,
        String plmn,
        int areaCode,
        int cellIdentity,
        Technology accessTechnology,
        int maxBufferSize,
        Duration statusInterval,
        Duration connectTimeout,
        Duration userTimeout,
        Duration latency,
        Set<Quirk> quirks,
        Optional<DmClientProfile> dmClient) {
    private static final int MAX_CHANNELS = 7;

    public MeProfile {
        facilities = copy(Facility.class, facilities);
        quirks = copy(Quirk.class, quirks);
        Objects.requireNonNull(announced, "announced terminal profile");
        Objects.requireNonNull(accessTechnology, "access technology");
        Objects.requireNonNull(dmClient, "DM client");
        if (channels < 0 || channels > MAX_CHANNELS) {
            throw new IllegalArgumentException(channels + " channels");
        }
        if (!imei.matches("[0-9]{15}") || !imeisv.matches("[0-9]{16}")) {
            throw new IllegalArgumentException("IMEI has 15 digits, IMEISV 16");
        }
        if (!language.matches("[a-z]{2}")) {
            throw new IllegalArgumentException("language \"" + language + "\" is not two letters");
        }
        if (maxBufferSize < 1 || maxBufferSize > 0xFFFF) {
            throw new IllegalArgumentException("largest buffer size " + maxBufferSize);
        }
        if (latency.isNegative() || !userTimeout.isPositive() || !connectTimeout.isPositive()) {
            throw new IllegalArgumentException("latency is not negative, time-outs are longer than nothing");
        }
    }

    private static <E extends Enum<E>> Set<E> copy(Class<E> type, Set<E> values) {
        EnumSet<E> copy = EnumSet.noneOf(type);
        copy.addAll(values);
        return Collections.unmodifiableSet(copy);
    }

    /** A handset with all that this engine implements: display, keypad, calls, messages, seven channels over packet data. */
    public static MeProfile full() {
        return new Builder().build();
    }

    /** A module in a machine: neither display nor keypad, short messages and channels. */
    public static MeProfile iotModule() {
        return full().with(b -> {
            b.facilities = FacilitySets.IOT_MODULE;
            b.channels = 3;
            b.maxBufferSize = 1024;
        });
    }

    /** A modem with the least that a card needs for a channel: TCP over packet data, one channel, small buffers. */
    public static MeProfile bipModem() {
        return full().with(b -> {
            b.facilities = FacilitySets.BIP_MODEM;
            b.channels = 1;
            b.maxBufferSize = 256;
        });
    }

    /** The same ME with some things changed. */
    public MeProfile with(Consumer<Builder> changes) {
        Builder builder = new Builder(this);
        changes.accept(builder);
        return builder.build();
    }

    /** What the ME says to the card in the TERMINAL PROFILE command. */
    public TerminalProfile terminalProfile() {
        return announced.orElseGet(() -> TerminalProfile.of(facilities, channels));
    }

    /** Whether the ME can do this, whatever it says. */
    public boolean supports(Facility facility) {
        return facilities.contains(facility);
    }

    public boolean has(Quirk quirk) {
        return quirks.contains(quirk);
    }

    /** The same ME, which both says and does what this terminal profile has. */
    public MeProfile withTerminalProfile(TerminalProfile other) {
        return with(b -> {
            b.facilities = other.facilities();
            b.channels = other.channels();
            b.announced = Optional.of(other);
        });
    }

    /** The same ME, which announces what it does not do. */
    public MeProfile announcing(TerminalProfile untrue) {
        return with(b -> b.announced = Optional.of(untrue));
    }

    /** The same ME, which goes on announcing these facilities, but refuses them. */
    public MeProfile refusing(Set<Facility> refused) {
        EnumSet<Facility> kept = EnumSet.copyOf(facilities);
        kept.removeAll(refused);
        return announcing(terminalProfile()).with(b -> b.facilities = kept);
    }

    public MeProfile withImei(String other, String otherSv) {
        return with(b -> {
            b.imei = other;
            b.imeisv = otherSv;
        });
    }

    public MeProfile withMaxBufferSize(int bytes) {
        return with(b -> b.maxBufferSize = bytes);
    }

    public MeProfile withQuirks(Quirk... more) {
        return with(b -> b.quirks = Set.of(more));
    }

    /** The same ME with other times between STATUS commands and until it gives up a connection. */
    public MeProfile withTimes(Duration otherStatusInterval, Duration otherConnectTimeout) {
        return with(b -> {
            b.statusInterval = otherStatusInterval;
            b.connectTimeout = otherConnectTimeout;
        });
    }

    /** The components of a profile, to be changed; see there for their meaning. Begins as a full handset. */
    public static final class Builder {
        public Set<Facility> facilities = FacilitySets.HANDSET;
        public int channels = MAX_CHANNELS;
        public Optional<TerminalProfile> announced = Optional.empty();
        public String imei = "490154203237518";
        public String imeisv = "4901542032375101";
        public String language = "en";
        public String plmn = "00101";
        public int areaCode = 1;
        public int cellIdentity = 1;
        public Technology accessTechnology = Technology.EUTRAN;
        public int maxBufferSize = 1500;
        public Duration statusInterval = Duration.ofSeconds(30);
        public Duration connectTimeout = Duration.ofSeconds(30);
        public Duration userTimeout = Duration.ofSeconds(30);
        public Duration latency = Duration.ZERO;
        public Set<Quirk> quirks = Set.of();
        public Optional<DmClientProfile> dmClient = Optional.empty();

        private Builder() {}

        private Builder(MeProfile from) {
            facilities = from.facilities;
            channels = from.channels;
            announced = from.announced;
            imei = from.imei;
            imeisv = from.imeisv;
            language = from.language;
            plmn = from.plmn;
            areaCode = from.areaCode;
            cellIdentity = from.cellIdentity;
            accessTechnology = from.accessTechnology;
            maxBufferSize = from.maxBufferSize;
            statusInterval = from.statusInterval;
            connectTimeout = from.connectTimeout;
            userTimeout = from.userTimeout;
            latency = from.latency;
            quirks = from.quirks;
            dmClient = from.dmClient;
        }

        private MeProfile build() {
            return new MeProfile(
                    facilities,
                    channels,
                    announced,
                    imei,
                    imeisv,
                    language,
                    plmn,
                    areaCode,
                    cellIdentity,
                    accessTechnology,
                    maxBufferSize,
                    statusInterval,
                    connectTimeout,
                    userTimeout,
                    latency,
                    quirks,
                    dmClient);
        }
    }
}
