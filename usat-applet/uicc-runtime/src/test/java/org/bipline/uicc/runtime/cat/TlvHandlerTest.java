// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.cat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HexFormat;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uicc.toolkit.ToolkitConstants;
import uicc.toolkit.ToolkitException;

class TlvHandlerTest {
    private final EditTlvHandler handler = new EditTlvHandler(300);
    private final byte[] buffer = new byte[300];

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private void fill(String hex) {
        handler.clear();
        handler.appendArray(bytes(hex), (short) 0, (short) (hex.length() / 2));
    }

    private String contents() {
        short end = handler.copy(buffer, (short) 0, handler.getLength());
        return HexFormat.of().withUpperCase().formatHex(buffer, 0, end);
    }

    private static void refuses(short reason, ThrowingCallable call) {
        assertThat(catchThrowableOfType(ToolkitException.class, call).getReason())
                .isEqualTo(reason);
    }

    @Test
    void objects_are_found_by_tag_and_occurrence_whatever_the_comprehension_flag() {
        fill("8101AA" + "0402BBCC" + "0101DD");
        assertThat(handler.findTLV((byte) 0x01, (byte) 1)).isEqualTo(ToolkitConstants.TLV_FOUND_CR_SET);
        assertThat(handler.getValueByte((short) 0)).isEqualTo((byte) 0xAA);
        assertThat(handler.findTLV((byte) 0x81, (byte) 2)).isEqualTo(ToolkitConstants.TLV_FOUND_CR_NOT_SET);
        assertThat(handler.getValueByte((short) 0)).isEqualTo((byte) 0xDD);
        assertThat(handler.findTLV((byte) 0x01, (byte) 3)).isEqualTo(ToolkitConstants.TLV_NOT_FOUND);
        refuses(ToolkitException.UNAVAILABLE_ELEMENT, handler::getValueLength);
        refuses(ToolkitException.BAD_INPUT_PARAMETER, () -> handler.findTLV((byte) 1, (byte) 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 127, 128, 255})
    void a_value_comes_back_at_every_length_form(int length) {
        for (int i = 0; i < length; i++) {
            buffer[i] = (byte) (i + 1);
        }
        handler.appendTLV((byte) 0x36, buffer, (short) 0, (short) length);
        assertThat(handler.getLength()).isEqualTo((short) (length + (length > 127 ? 3 : 2)));
        byte[] copy = new byte[300];
        assertThat(handler.findAndCopyValue((byte) 0x36, copy, (short) 5)).isEqualTo((short) (5 + length));
        assertThat(handler.findAndCompareValue((byte) 0x36, buffer, (short) 0)).isZero();
        assertThat(java.util.Arrays.equals(copy, 5, 5 + length, buffer, 0, length))
                .isTrue();
    }

    @Test
    void a_value_longer_than_255_bytes_is_a_bad_parameter() {
        refuses(
                ToolkitException.BAD_INPUT_PARAMETER,
                () -> handler.appendTLV((byte) 1, buffer, (short) 0, (short) 256));
    }

    @Test
    void an_object_that_does_not_fit_leaves_the_list_as_it_was() {
        EditTlvHandler small = new EditTlvHandler(6);
        small.appendTLV((byte) 1, (byte) 2);
        refuses(ToolkitException.HANDLER_OVERFLOW, () -> small.appendTLV((byte) 1, (short) 3));
        assertThat(small.getLength()).isEqualTo((short) 3);
        small.appendTLV((byte) 1, (byte) 3);
        assertThat(small.getCapacity()).isEqualTo((short) 6);
    }

    @Test
    void every_form_of_append_codes_its_values_in_order() {
        handler.appendTLV((byte) 1, (byte) 2, (byte) 3);
        handler.appendTLV((byte) 2, (short) 0x0405);
        handler.appendTLV((byte) 3, (byte) 6, (short) 0x0708);
        handler.appendTLV((byte) 4, (short) 0x090A, (short) 0x0B0C);
        handler.appendTLV((byte) 5, (byte) 0x0D, bytes("0E0F"), (short) 0, (short) 2);
        handler.appendTLV((byte) 6, bytes("10"), (short) 0, (short) 1, bytes("1112"), (short) 1, (short) 1);
        assertThat(contents())
                .isEqualTo("01020203" + "02020405" + "0303060708" + "0404090A0B0C" + "05030D0E0F" + "06021012");
    }

    @Test
    void a_selection_survives_appending_and_ends_with_clear() {
        fill("0101AA");
        handler.findTLV((byte) 1, (byte) 1);
        handler.appendTLV((byte) 2, (byte) 3);
        assertThat(handler.getValueLength()).isEqualTo((short) 1);
        handler.clear();
        refuses(ToolkitException.UNAVAILABLE_ELEMENT, handler::getValueLength);
    }

    @Test
    void access_beyond_value_list_or_array_is_refused() {
        fill("0102AABB");
        handler.findTLV((byte) 1, (byte) 1);
        refuses(ToolkitException.OUT_OF_TLV_BOUNDARIES, () -> handler.getValueByte((short) 2));
        refuses(ToolkitException.OUT_OF_TLV_BOUNDARIES, () -> handler.getValueShort((short) 1));
        refuses(
                ToolkitException.OUT_OF_TLV_BOUNDARIES,
                () -> handler.copyValue((short) 1, buffer, (short) 0, (short) 2));
        refuses(ToolkitException.OUT_OF_TLV_BOUNDARIES, () -> handler.copy(buffer, (short) 0, (short) 5));
        assertThatThrownBy(() -> handler.copy(new byte[3], (short) 0, (short) 4))
                .isInstanceOf(ArrayIndexOutOfBoundsException.class);
        assertThatThrownBy(() -> handler.copy(null, (short) 0, (short) 1)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> handler.appendArray(buffer, (short) -1, (short) 1))
                .isInstanceOf(ArrayIndexOutOfBoundsException.class);
    }

    @Test
    void bytes_compare_as_signed_numbers() {
        fill("010101");
        assertThat(handler.findAndCompareValue((byte) 1, bytes("02"), (short) 0))
                .isEqualTo((byte) -1);
        assertThat(handler.findAndCompareValue((byte) 1, bytes("99"), (short) 0))
                .isEqualTo((byte) 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"01", "0105AA", "0181", "018205", "0180", "0183000001", "7F01", "7F0101"})
    void a_list_that_breaks_off_has_no_object_there(String list) {
        fill(list);
        assertThat(handler.findTLV((byte) 1, (byte) 1)).isEqualTo(ToolkitConstants.TLV_NOT_FOUND);
    }

    @Test
    void a_ber_handler_counts_tag_and_length() {
        EditTlvHandler.Ber ber = new EditTlvHandler.Ber(200);
        ber.setTag((byte) 0xD0);
        ber.appendArray(buffer, (short) 0, (short) 127);
        assertThat(ber.getSize()).isEqualTo((short) 129);
        ber.appendArray(buffer, (short) 0, (short) 1);
        assertThat(ber.getSize()).isEqualTo((short) 131);
        assertThat(ber.getTag()).isEqualTo((byte) 0xD0);
    }
}
