// SPDX-License-Identifier: Apache-2.0
package org.bipline.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.bipline.dm.server.Job;
import org.bipline.dm.server.JobSpec;
import org.bipline.dm.server.JobState;
import org.bipline.dm.tnds.Tnds;
import org.bipline.test.DmMessages.Message;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that others wrote read what the DM messages say as we do; {@link TsharkTest} has the card interface. */
class IndependentProgramsTest {
    @TempDir
    static Path directory;

    @Test
    @Tag("MO-7")
    void libwbxml_reads_and_writes_every_message_of_both_ends_as_we_do() throws Exception {
        Programs.requireLibwbxml();
        List<Message> messages = messages();

        int compared = 0;
        for (Message message : messages) {
            if (LibwbxmlComparison.agrees(message, directory)) {
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(20).isGreaterThan(messages.size() / 2);
        assertThat(messages.stream()
                        .filter(message -> !LibwbxmlComparison.hasBinary(message))
                        .map(Message::fromCard))
                .contains(true, false);
    }

    /** The messages of several sessions, which provision objects as a whole and node by node. */
    private static List<Message> messages() throws Exception {
        DmMessages messages = new DmMessages();
        try (Fleet fleet = new Fleet("libwbxml", server -> server.wire(messages).maxMessageSize(1500));
                Phone phone = new Phone(fleet.card(1), fleet.address())) {
            for (String document : List.of(
                    MoFixtures.passpointProfile(), MoFixtures.names(), MoFixtures.manyNodes(), MoFixtures.deep())) {
                for (JobSpec.Mode mode : List.of(JobSpec.Mode.NODES, JobSpec.Mode.TNDS)) {
                    Job job = fleet.submit(
                            1, JobSpec.provision(Tnds.fromXml(document.getBytes(UTF_8)), "./MO/Object", mode));
                    phone.session();
                    assertThat(fleet.job(job).state()).isEqualTo(JobState.DONE);
                }
            }
        }
        return messages.all();
    }
}
