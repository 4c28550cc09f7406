// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bipline.dm.ByteString;
import org.junit.jupiter.api.Test;

class ToolkitParametersTest {
    @Test
    void encodes_an_applet_that_asks_for_nothing() {
        assertThat(ByteString.of(new ToolkitParameters().encode()).toHex())
                .isEqualTo("FF000000" + "00" + "00" + "00" + "00");
    }

    @Test
    void encodes_every_field_in_the_order_of_the_standard() {
        byte[] value = new ToolkitParameters()
                .priority(1)
                .timers(2)
                .menuTextLength(17)
                .menuEntry(1, 0)
                .menuEntry(0, 5)
                .channels(3)
                .minimumSecurityLevel((byte) 1, (byte) 2)
                .tar((byte) 0xB0, (byte) 0, (byte) 1)
                .services(4)
                .encode();

        assertThat(ByteString.of(value).toHex())
                .isEqualTo("01" + "02" + "11" + "02" + "0100" + "0005" + "03" + "020102" + "03B00001" + "04");
    }

    @Test
    void refuses_more_than_a_card_can_give() {
        assertThatThrownBy(() -> new ToolkitParameters().timers(9)).hasMessage("timers: 9 is not in 0 to 8");
        assertThatThrownBy(() -> new ToolkitParameters().channels(8)).hasMessage("channels: 8 is not in 0 to 7");
        assertThatThrownBy(() -> new ToolkitParameters().tar((byte) 1))
                .hasMessage("bytes of a TAR: 1 is not in 3 to 3");
    }
}
