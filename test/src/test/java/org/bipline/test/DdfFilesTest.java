// SPDX-License-Identifier: Apache-2.0
package org.bipline.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.bipline.dm.ddf.DescribedNode;
import org.bipline.dm.ddf.DeviceDescription;
import org.bipline.dm.tnds.MgmtNode;
import org.bipline.dm.tnds.Tnds;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The device descriptions under specs/ddf keep the rules of the standard. OMA DM Tree and Description 1.2, clause 8.5. */
class DdfFilesTest {
    @Test
    @Tag("MO-1")
    void the_cards_description_is_one_of_the_standard() throws Exception {
        DeviceDescription description = DeviceDescription.readFile(Path.of("../specs/ddf/card.xml"));

        assertThat(description.verDtd()).isEqualTo("1.2");
        for (String object : new String[] {"devinfo", "devdetail", "dmacc"}) {
            assertThat(description.object("urn:oma:mo:oma-dm-" + object + ":1.0"))
                    .as(object)
                    .isPresent();
        }
    }

    @Test
    @Tag("MO-1")
    void the_sample_policy_is_as_the_cards_description_has_it() throws Exception {
        MgmtNode policy =
                Tnds.readFile(Path.of("../specs/mo/policy.xml")).nodes().getFirst();
        DescribedNode description = DeviceDescription.readFile(Path.of("../specs/ddf/card.xml"))
                .object("urn:bipline:mo:policy:1.0")
                .orElseThrow();

        assertThat(policy.type()).contains("urn:bipline:mo:policy:1.0");
        assertThat(DeviceDescription.compare(policy, description)).isEmpty();
    }
}
