// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.bipline.cat.Vectors;
import org.bipline.cat.object.ChannelDataLength;
import org.bipline.cat.object.ChannelStatus;
import org.bipline.cat.object.DeviceIdentities;
import org.bipline.cat.object.Event;
import org.bipline.cat.object.MalformedObject;
import org.bipline.cat.object.Pdu;
import org.bipline.cat.object.TimerIdentifier;
import org.bipline.cat.object.TimerValue;
import org.bipline.cat.object.UnknownObject;
import org.bipline.cat.tlv.ByteString;
import org.bipline.cat.tlv.CatDecodingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class EnvelopeTest {
    static Stream<Vectors> well_formed() {
        return Vectors.of("envelope", "ok").stream();
    }

    @ParameterizedTest
    @MethodSource("well_formed")
    void reads_and_writes_an_envelope_back_to_the_same_bytes(Vectors vector) throws Exception {
        Envelope envelope = Envelope.decode(vector.pdu());

        assertThat(envelope.encode()).isEqualTo(vector.pdu());
        assertThat(envelope).isNotInstanceOf(OtherEnvelope.class);
        assertThat(envelope.pdu().objects())
                .noneMatch(tlv -> tlv.object() instanceof UnknownObject || tlv.object() instanceof MalformedObject);
        assertThat(envelope.devices()).isPresent();
    }

    @ParameterizedTest
    @MethodSource("well_formed")
    void refuses_every_truncation_of_an_envelope(Vectors vector) {
        for (int end = 0; end < vector.pdu().length(); end++) {
            ByteString cut = vector.pdu().slice(0, end);
            assertThatThrownBy(() -> Envelope.decode(cut)).isInstanceOf(CatDecodingException.class);
        }
    }

    @Test
    void events_are_built_as_the_standard_orders_their_objects() throws Exception {
        EventDownload available =
                EventDownload.dataAvailable(ChannelStatus.ofClient(1, true, 0), ChannelDataLength.available(300));
        assertThat(available.encode()).hasToString("D60E99010982028281B8028100B701FF");
        assertThat(available.event()).contains(Event.DATA_AVAILABLE);

        EventDownload dropped =
                EventDownload.channelStatus(ChannelStatus.ofClient(1, false, ChannelStatus.LINK_DROPPED));
        assertThat(dropped.encode()).hasToString("D60B99010A82028281B8020105");
        assertThat(Envelope.decode(dropped.encode())).isEqualTo(dropped);
    }

    @Test
    void selections_and_expirations_are_built() {
        assertThat(MenuSelection.of(2).encode()).hasToString("D30782020181900102");
        assertThat(MenuSelection.helpOn(2).encode()).hasToString("D309820201819001029500");
        assertThat(MenuSelection.helpOn(2).helpRequested()).isTrue();
        assertThat(TimerExpiration.of(new TimerIdentifier(1), TimerValue.ofSeconds(10))
                        .encode())
                .hasToString("D70C82028281A40101A503000001");
    }

    @Test
    void an_envelope_of_unknown_tag_keeps_its_objects() throws Exception {
        ByteString pdu = ByteString.ofHex("D80B82028381860101" + "8B0201FF");
        Envelope envelope = Envelope.decode(pdu);

        assertThat(envelope).isInstanceOf(OtherEnvelope.class);
        assertThat(envelope.type()).isEmpty();
        assertThat(envelope.encode()).isEqualTo(pdu);
    }

    @ParameterizedTest
    @EnumSource(EnvelopeType.class)
    void every_type_has_a_record(EnvelopeType type) throws Exception {
        Pdu pdu = Pdu.of(type.tag(), DeviceIdentities.TERMINAL_TO_UICC);

        assertThat(Envelope.decode(pdu.encode())).isNotInstanceOf(OtherEnvelope.class);
        assertThat(Envelope.decode(pdu.encode()).pdu()).isEqualTo(pdu);
    }

    @Test
    void call_control_tells_the_number_and_the_cell() throws Exception {
        CallControl control =
                (CallControl) Envelope.decode(ByteString.ofHex("D41882028281860791103204214365130900F110000100010001"));

        assertThat(control.address().orElseThrow().number()).isEqualTo("+012340123456");
        assertThat(control.location().orElseThrow().plmn()).isEqualTo("00101");
        assertThat(control.location().orElseThrow().cellIdentity()).hasToString("00010001");
    }

    @Test
    void short_message_control_tells_service_centre_and_destination() throws Exception {
        MoShortMessageControl control = (MoShortMessageControl) Envelope.decode(
                ByteString.ofHex("D516" + "82028381" + "8603911032" + "860491214365" + "130500F1100001"));

        assertThat(control.serviceCentre().orElseThrow().number()).isEqualTo("+0123");
        assertThat(control.destination().orElseThrow().number()).isEqualTo("+123456");
        assertThat(control.location().orElseThrow().areaCode()).isEqualTo(1);
    }

    @Test
    void a_record_takes_no_pdu_of_another_envelope() {
        Pdu pdu = MenuSelection.of(1).pdu();
        assertThatThrownBy(() -> new TimerExpiration(pdu)).isInstanceOf(IllegalArgumentException.class);
    }
}
