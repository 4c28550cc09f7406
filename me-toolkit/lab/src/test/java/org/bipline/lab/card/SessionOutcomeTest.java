// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionOutcomeTest {
    private static SessionOutcome outcome(String value) {
        return SessionOutcome.decode(HexFormat.of().parseHex("DF2009" + value + "9000"))
                .orElseThrow();
    }

    @Test
    void reads_every_field() {
        assertThat(outcome("033A0700C812340191")).isEqualTo(new SessionOutcome(3, 0x3A, 7, 200, 0x1234, 401));
        assertThat(outcome("00FFFF00C800000000").succeeded()).isTrue();
    }

    @Test
    void is_empty_before_the_first_session() {
        assertThat(SessionOutcome.decode(HexFormat.of().parseHex("DF2009FF0000000000000000" + "9000")))
                .isEmpty();
    }

    @Test
    void refuses_another_answer() {
        for (String response : new String[] {"6A88", "DF21090000000000000000009000", "DF200900000000000000009000"}) {
            assertThatThrownBy(() -> SessionOutcome.decode(HexFormat.of().parseHex(response)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "033A07000000000000 | cannot reach the server at h:1 (general result 3A, additional information 07)",
                "04FFFF000000000000 | the connection to h:1 was cut",
                "12FFFF01F400000000 | the server at h:1 answered HTTP status 500",
                "1BFFFF019000000000 | the server at h:1 answered HTTP status 400",
                "11FFFF000000000000 | the server at h:1 does not answer as a DM server over HTTP",
                "19FFFF00C800000000 | the server at h:1 cut the connection in the middle of its answer",
                "1AFFFF000000000000 | the server at h:1 closed the connection without an answer",
                "20FFFF000000000000 | the server at h:1 did not answer in time",
                "22FFFF00C800000191 | card and server at h:1 do not accept each other's credentials",
                "22FFFF00C86F010000 | the server at h:1 answered with a body that is no WBXML of DM 1.2 (fault 6F01, DM status 0)",
                "22FFFF00C86F220000 | the server at h:1 sent a message that is none of DM 1.2 (fault 6F22, DM status 0)",
                "22FFFF00C86F430194 | the server at h:1 ended the session (fault 6F43, DM status 404)",
                "25FFFF000000000000 | the card has no TLS key for the server, and plain TCP is forbidden",
                "30FF28000000000000 | the server at h:1 ended the TLS handshake by the alert handshake_failure (40)",
                "30FF73000000000000 | the server at h:1 ended the TLS handshake by the alert unknown_psk_identity (115)",
                "31FF33000000000000 | the card ended the TLS handshake by the alert decrypt_error (51)",
                "31FF0A000000000000 | the card ended the TLS handshake by the alert unexpected_message (10)",
                "32FF50000000000000 | the server at h:1 ended the TLS connection by the alert internal_error (80)",
                "33FF14000000000000 | the card ended the TLS connection by the alert bad_record_mac (20)",
                "23FFFF000000010000 | the applet failed with reason 0001"
            })
    void explains_what_went_wrong_and_what_to_do(String value, String expected) {
        assertThat(outcome(value.strip()).explanation("h:1"))
                .startsWith(expected.strip())
                .contains("; ");
    }
}
