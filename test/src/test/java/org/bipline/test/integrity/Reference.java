// SPDX-License-Identifier: Apache-2.0
package org.bipline.test.integrity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.bipline.dm.server.JobSpec;
import org.bipline.dm.server.JobState;
import org.bipline.dm.server.JobStep;
import org.bipline.dm.server.ManagementCommand.Verb;

/**
 * What a scenario comes to when nothing is cut, and what may differ from that when something is.
 *
 * @param trees before the changes, and after each
 * @param jobs how they end
 */
record Reference(Scenario scenario, List<TreeImage> trees, List<JobState> jobs, Run.Steps steps) {
    static Reference of(Scenario scenario) throws Exception {
        List<TreeImage> trees = new ArrayList<>();
        try (Run run = new Run(scenario)) {
            trees.add(run.tree());
            for (JobSpec change : scenario.changes()) { // a session for each
                run.submit(List.of(change));
                run.converge();
                trees.add(run.tree());
            }
        }
        try (Run run = new Run(scenario)) { // one for all
            Run.Steps steps = run.undisturbed();
            Reference reference = new Reference(scenario, trees, run.jobStates(), steps);
            run.converge();
            assertThat(run.treeInStep()).isEqualTo(trees.getLast());
            assertThat(run.leftovers()).isEmpty();
            return reference;
        }
    }

    /**
     * Runs the scenario with cuts, one after the other.
     *
     * @param look whether somebody else looks at the tree after each cut, which leaves card and server with different nonces
     * @return how many of the cuts it came to
     * @throws AssertionError when the card is not what it was or was to become, when what was acknowledged is lost or done
     *     again, when both sides do not come to agree, or when something is left over
     */
    int check(List<Cut> cuts, boolean look) throws Exception {
        try (Run run = new Run(scenario)) {
            run.submitChanges();
            int count = 0;
            int mayBeRepeated = 0; // times
            for (Cut cut : cuts) {
                count += run.cut(cut) ? 1 : 0;
                mayBeRepeated += look && isOld(run.tree(), acknowledged(run)) ? 0 : 1;
            }
            run.converge();
            TreeImage end = run.treeInStep();
            int done = acknowledged(run);
            if (done < jobs.size() && run.jobStates().get(done) == JobState.FAILED && isExec(done)) {
                isOld(end, done); // or as it is behind the Exec: nobody knows, and it is not sent again
            } else {
                assertThat(run.jobStates()).isEqualTo(jobs);
                assertThat(end.differences(trees.getLast())).isEmpty();
                checkVersions(end, mayBeRepeated);
            }
            assertThat(run.leftovers()).isEmpty();
            return count;
        }
    }

    /** Changes of whose end the server knows. */
    private int acknowledged(Run run) {
        List<JobState> states = run.jobStates();
        int count = 0;
        while (count < jobs.size() && states.get(count) == jobs.get(count)) {
            count++;
        }
        return count;
    }

    /** Whether the tree is as it was before the first change that was not acknowledged; else it has to be as it is after that. */
    private boolean isOld(TreeImage found, int acknowledged) {
        boolean old = found.differences(trees.get(acknowledged)).isEmpty();
        if (!old) {
            assertThat(found.differences(trees.get(Math.min(acknowledged + 1, trees.size() - 1))))
                    .as("the tree after %d changes that were acknowledged", acknowledged)
                    .isEmpty();
        }
        return old;
    }

    private boolean isExec(int change) {
        return scenario.changes().get(change) instanceof JobSpec.Commands commands
                && commands.steps().stream()
                        .flatMap((JobStep step) -> step.commands().stream())
                        .anyMatch(command -> command.verb() == Verb.EXEC);
    }

    /** The first change that was not acknowledged is made again where the server could not know that it had been made. */
    private void checkVersions(TreeImage end, int mayBeRepeated) {
        end.versions()
                .forEach((uri, version) -> assertThat(
                                version - trees.getLast().versions().get(uri))
                        .as("changes of %s beside those that were asked for", uri)
                        .isBetween(0, mayBeRepeated));
    }
}
