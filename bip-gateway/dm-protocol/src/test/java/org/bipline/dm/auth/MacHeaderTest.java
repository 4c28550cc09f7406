// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MacHeaderTest {
    private static final MacHeader HEADER = new MacHeader("Robert \"J\" \\o/, Jordan", "Dgpoz+Pbak4I1p9gSzS1xw==");

    @Test
    void reads_what_it_wrote() {
        assertThat(MacHeader.parse(HEADER.value())).contains(HEADER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "algorithm=MD5, username=\"Ann\", mac=AAAA==",
                "mac=AAAA==,username=\"Ann\"",
                "  username = \"A\\nn\" , mac=\"AAAA==\" , algorithm=md5  ",
            })
    void reads_parameters_in_any_order_and_without_the_algorithm(String value) {
        assertThat(MacHeader.parse(value)).contains(new MacHeader("Ann", "AAAA=="));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "mac=AAAA==",
                "username=\"Ann\"",
                "algorithm=SHA1, username=\"Ann\", mac=AAAA==",
                "username=\"Ann, mac=AAAA==",
                "username=\"Ann\" mac=AAAA==",
                "username=\"Ann\", mac=A, mac=B",
                "username=\"Ann\", mac=A; x",
            })
    void refuses_what_is_malformed_or_incomplete(String value) {
        assertThat(MacHeader.parse(value)).isEmpty();
    }

    @Test
    void refuses_a_value_without_end() {
        assertThat(MacHeader.parse("username=\"" + "\\\"".repeat(100_000))).isEmpty();
    }
}
