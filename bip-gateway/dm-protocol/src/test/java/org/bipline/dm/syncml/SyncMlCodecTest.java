// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.syncml;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SyncMlCodecTest {
    @ParameterizedTest
    @EnumSource
    void reads_what_it_wrote(SyncMlCodec codec) throws Exception {
        SyncMl message = Messages.everyCommand();

        assertThat(codec.decode(codec.encode(message))).isEqualTo(message);
    }
}
