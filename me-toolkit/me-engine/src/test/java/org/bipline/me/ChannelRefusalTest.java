// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bipline.cat.object.GeneralResult.BEYOND_TERMINAL_CAPABILITIES;
import static org.bipline.cat.object.GeneralResult.DATA_NOT_UNDERSTOOD;
import static org.bipline.cat.object.GeneralResult.REQUIRED_VALUES_MISSING;
import static org.bipline.me.Commands.IMMEDIATE;

import java.net.InetSocketAddress;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.bipline.cat.object.BearerDescription;
import org.bipline.cat.object.BearerType;
import org.bipline.cat.object.BipError;
import org.bipline.cat.object.BufferSize;
import org.bipline.cat.object.DataObject;
import org.bipline.cat.object.NetworkAccessName;
import org.bipline.cat.object.OtherAddress;
import org.bipline.cat.object.Result;
import org.bipline.cat.object.TextString;
import org.bipline.cat.object.TransportLevel;
import org.bipline.cat.object.TransportProtocol;
import org.bipline.cat.object.TypeOfCommand;
import org.bipline.cat.profile.Facility;
import org.bipline.cat.profile.TerminalProfile;
import org.bipline.cat.tlv.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** OPEN CHANNEL commands that fail, each with general result and cause, the object at fault and its clause. */
final class ChannelRefusalTest {
    private static final OtherAddress DESTINATION = OtherAddress.of(TestMe.SERVER.getAddress());
    private static final TransportLevel TCP = TransportLevel.of(TransportProtocol.TCP_CLIENT_REMOTE, 80);
    private static final BufferSize BUFFER = new BufferSize(100);
    private static final Result NETWORK_UNABLE = new Result(0x21, ByteString.of(0x00));

    private TestMe test = new TestMe();

    @AfterEach
    void powerOff() {
        test.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = BearerType.class,
            names = {"CSD", "LOCAL_LINK", "BLUETOOTH", "IRDA", "RS232", "USB", "CDMA2000_PACKET_DATA_SERVICE", "WLAN"})
    void bearers_that_the_profile_lacks_are_beyond_the_ME(BearerType type) {
        assertThat(open(new BearerDescription(type.code(), ByteString.of(0x00))))
                .isEqualTo(Result.of(BEYOND_TERMINAL_CAPABILITIES));
        assertThat(fault()).startsWith("Bearer description: type " + type.code());
    }

    @Test
    void a_reserved_bearer_is_beyond_the_ME() {
        assertThat(open(new BearerDescription(0x7F, ByteString.EMPTY)))
                .isEqualTo(Result.of(BEYOND_TERMINAL_CAPABILITIES));
    }

    @ParameterizedTest
    @CsvSource({"02, 030403041F02", "03, ''", "09, 02010101010101010100010101010002", "0B, 0902", "0C, 01"})
    void bearers_for_packet_data_of_the_second_to_the_fifth_generation_serve(String type, String parameters) {
        BearerDescription description = new BearerDescription(Integer.parseInt(type, 16), ByteString.ofHex(parameters));

        assertThat(open(description).performed()).isTrue();
        assertThat(test.peers).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = BearerType.class,
            names = {"LOCAL_LINK", "BLUETOOTH", "IRDA", "RS232", "USB"})
    void a_local_bearer_in_the_profile_has_no_device_in_reach(BearerType type) {
        claim(Facility.BEARER_BLUETOOTH, Facility.BEARER_IRDA, Facility.BEARER_RS232, Facility.BEARER_USB);

        assertThat(open(new BearerDescription(type.code(), ByteString.of(0x00))))
                .isEqualTo(Result.of(BipError.REMOTE_DEVICE_NOT_REACHABLE));
    }

    @Test
    void a_data_call_in_the_profile_finds_no_network() {
        claim(Facility.BEARER_CSD);

        assertThat(open(new BearerDescription(BearerType.CSD.code(), ByteString.ofHex("070001"))))
                .isEqualTo(NETWORK_UNABLE);
    }

    @ParameterizedTest
    @CsvSource({"0304031F02", "02030403041F0201"})
    void a_packet_service_with_a_wrong_number_of_parameters_is_not_understood(String parameters) {
        assertThat(open(new BearerDescription(BearerType.PACKET_SERVICE.code(), ByteString.ofHex(parameters))))
                .isEqualTo(Result.of(DATA_NOT_UNDERSTOOD));
        assertThat(fault())
                .isEqualTo("Bearer description: " + parameters.length() / 2 + " bearer parameters where 6 belong");
        assertThat(test.recorder.refusals.get(0).clause()).contains("8.52");
    }

    @Test
    void packet_data_other_than_IP_is_beyond_the_ME() {
        assertThat(open(new BearerDescription(BearerType.PACKET_SERVICE.code(), ByteString.ofHex("030403041F07"))))
                .isEqualTo(Result.of(BEYOND_TERMINAL_CAPABILITIES));
    }

    @ParameterizedTest
    @EnumSource(TransportProtocol.class)
    void a_transport_that_the_profile_lacks_is_not_available(TransportProtocol protocol) {
        restart(b -> b.profile(MeProfile.full().withTerminalProfile(profileWithout(transports()))));

        assertThat(open(BearerDescription.DEFAULT_BEARER, BUFFER, TransportLevel.of(protocol, 80), DESTINATION))
                .isEqualTo(Result.of(BipError.REQUESTED_TRANSPORT_LEVEL_NOT_AVAILABLE));
        assertThat(test.recorder.refusals.get(0).clause()).isEqualTo("ETSI TS 102 223 clause 8.59");
    }

    @Test
    void a_reserved_transport_is_not_available_and_none_at_all_is_beyond_the_ME() {
        assertThat(open(BearerDescription.DEFAULT_BEARER, BUFFER, new TransportLevel(0x44, 80), DESTINATION))
                .isEqualTo(Result.of(BipError.REQUESTED_TRANSPORT_LEVEL_NOT_AVAILABLE));
        assertThat(open(BearerDescription.DEFAULT_BEARER, BUFFER)).isEqualTo(Result.of(BEYOND_TERMINAL_CAPABILITIES));
    }

    @Test
    void a_direct_channel_in_the_profile_has_no_application_to_launch() {
        claim(Facility.DIRECT_CHANNEL);

        assertThat(open(BUFFER, TransportLevel.of(TransportProtocol.DIRECT_CHANNEL, 1)))
                .isEqualTo(Result.of(BipError.APPLICATION_LAUNCH_FAILED));
    }

    @Test
    void a_destination_that_is_missing_or_unreadable_is_named() {
        assertThat(open(BearerDescription.DEFAULT_BEARER, BUFFER, new OtherAddress(ByteString.EMPTY), TCP))
                .isEqualTo(Result.of(REQUIRED_VALUES_MISSING));
        assertThat(fault()).contains("data destination address");

        assertThat(open(
                        BearerDescription.DEFAULT_BEARER,
                        BUFFER,
                        TCP,
                        new OtherAddress(ByteString.ofHex("2201020304"))))
                .isEqualTo(Result.of(DATA_NOT_UNDERSTOOD));
        assertThat(open(BearerDescription.DEFAULT_BEARER, BUFFER, TCP, new OtherAddress(ByteString.EMPTY)))
                .isEqualTo(Result.of(DATA_NOT_UNDERSTOOD));
    }

    @Test
    void a_local_address_of_an_unknown_type_is_not_understood() {
        OtherAddress unknown = new OtherAddress(ByteString.ofHex("2201020304"));
        assertThat(open(BearerDescription.DEFAULT_BEARER, BUFFER, unknown, TCP, DESTINATION))
                .isEqualTo(Result.of(DATA_NOT_UNDERSTOOD));
        assertThat(fault()).contains("local address");
    }

    @Test
    void a_buffer_of_no_bytes_is_not_available() {
        assertThat(open(BearerDescription.DEFAULT_BEARER, new BufferSize(0), TCP, DESTINATION))
                .isEqualTo(Result.of(BipError.REQUESTED_BUFFER_SIZE_NOT_AVAILABLE));
        assertThat(fault()).isEqualTo("Buffer size: 0 bytes");
    }

    @Test
    void a_server_that_refuses_or_that_nobody_is_is_not_reachable() {
        assertThat(open(
                        BearerDescription.DEFAULT_BEARER,
                        BUFFER,
                        TransportLevel.of(TransportProtocol.TCP_CLIENT_REMOTE, 81),
                        DESTINATION))
                .isEqualTo(Result.of(BipError.REMOTE_DEVICE_NOT_REACHABLE));
        assertThat(fault()).contains("10.1.1.1", "81", "connection refused");
    }

    @Test
    void user_login_and_password_are_for_the_access_point_to_judge() {
        test.network.accessPoint("internet").accessPoint("corporate.example", "alice", "s3cret");

        assertThat(openAt("corporate.example", "alice", "s3cret").performed()).isTrue();
        assertThat(openAt("corporate.example", "alice", "guess")).isEqualTo(Result.of(BipError.SECURITY_ERROR));
        assertThat(fault()).contains("corporate.example").doesNotContain("guess", "alice");
        assertThat(openAt("internet", "", "").performed()).isTrue();
        assertThat(openAt("elsewhere", "alice", "s3cret")).isEqualTo(NETWORK_UNABLE);
    }

    @Test
    void without_coverage_the_network_is_unable() {
        test.network.loseCoverage();
        assertThat(open(BearerDescription.DEFAULT_BEARER)).isEqualTo(NETWORK_UNABLE);

        test.network.regainCoverage();
        assertThat(open(BearerDescription.DEFAULT_BEARER).performed()).isTrue();
    }

    /** A bearer that connects to nobody and keeps what it was asked. */
    private static final class BrokenBearer implements Bearer {
        private Access asked = Access.WITHIN_TERMINAL;

        @Override
        public Link connect(
                TransportProtocol protocol, InetSocketAddress destination, Access access, Listener listener) {
            asked = access;
            listener.failed(Failure.UNSPECIFIED, "too many open files");
            return new Link() {
                @Override
                public void request(int bytes) {
                    throw new IllegalStateException("there is no connection");
                }

                @Override
                public void send(ByteString bytes) {
                    throw new IllegalStateException("there is no connection");
                }

                @Override
                public void close() {
                    // there is no connection
                }
            };
        }

        @Override
        public Port listen(InetSocketAddress local, Acceptor acceptor) {
            throw new IllegalStateException("nobody listens");
        }
    }

    @Test
    void a_bearer_that_knows_no_reason_gives_no_specific_cause() {
        restart(b -> b.bearer(new BrokenBearer()));

        assertThat(open(BearerDescription.DEFAULT_BEARER)).isEqualTo(Result.of(BipError.NO_SPECIFIC_CAUSE));
        assertThat(fault()).contains("too many open files");
    }

    @Test
    void the_bearer_is_told_by_which_way_the_card_wants_to_go() {
        BrokenBearer bearer = new BrokenBearer();
        restart(b -> b.bearer(bearer));
        openAt("corporate.example", "alice", "s3cret");

        assertThat(bearer.asked.description()).contains(BearerDescription.DEFAULT_BEARER);
        assertThat(bearer.asked.networkAccessName()).contains("corporate.example");
        assertThat(bearer.asked.userLogin()).contains("alice");
        assertThat(bearer.asked.userPassword()).contains("s3cret");
        assertThat(bearer.asked.toString()).doesNotContain("alice", "s3cret");
    }

    @Test
    void the_address_map_redirects_what_the_card_asks_for() {
        InetSocketAddress elsewhere = new InetSocketAddress("10.2.2.2", 8080);
        restart(b -> b.addressMap(AddressMap.of(java.util.Map.of(TestMe.SERVER, elsewhere))));
        List<Object> arrived = new java.util.ArrayList<>();
        test.network.listen(elsewhere, arrived::add);

        assertThat(open(BearerDescription.DEFAULT_BEARER).performed()).isTrue();
        assertThat(arrived).hasSize(1);
        assertThat(test.peers).isEmpty();
    }

    private static Set<Facility> transports() {
        return EnumSet.of(
                Facility.TCP_CLIENT_REMOTE,
                Facility.UDP_CLIENT_REMOTE,
                Facility.TCP_SERVER,
                Facility.TCP_CLIENT_LOCAL,
                Facility.UDP_CLIENT_LOCAL,
                Facility.DIRECT_CHANNEL);
    }

    private static TerminalProfile profileWithout(Set<Facility> removed) {
        EnumSet<Facility> left =
                EnumSet.copyOf(MeProfile.full().terminalProfile().facilities());
        left.removeAll(removed);
        return TerminalProfile.of(left, 7);
    }

    /** An ME that says it can do this too. */
    private void claim(Facility... more) {
        EnumSet<Facility> all =
                EnumSet.copyOf(MeProfile.full().terminalProfile().facilities());
        all.addAll(List.of(more));
        restart(b -> b.profile(MeProfile.full().withTerminalProfile(TerminalProfile.of(all, 7))));
    }

    private void restart(java.util.function.UnaryOperator<MobileEquipment.Builder> more) {
        test.close();
        test = new TestMe(more);
    }

    private Result open(BearerDescription bearer) {
        return open(bearer, BUFFER, TCP, DESTINATION);
    }

    private Result openAt(String accessPoint, String login, String password) {
        return open(
                BearerDescription.DEFAULT_BEARER,
                BUFFER,
                NetworkAccessName.of(accessPoint),
                TextString.of(login),
                TextString.of(password),
                TCP,
                DESTINATION);
    }

    private Result open(DataObject... objects) {
        return test.perform(Commands.command(TypeOfCommand.OPEN_CHANNEL, IMMEDIATE, objects))
                .result()
                .orElseThrow();
    }

    private String fault() {
        return test.recorder.refusals.get(test.recorder.refusals.size() - 1).text();
    }
}
