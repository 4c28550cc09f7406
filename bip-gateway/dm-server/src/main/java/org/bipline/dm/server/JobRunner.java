// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bipline.dm.server.ManagementCommand.Verb;
import org.bipline.dm.syncml.Command;
import org.bipline.dm.syncml.StatusCode;

/** Runs the jobs of a device in one session, one after the other, and keeps the store and the listener informed. */
final class JobRunner {
    private final DmServer server;
    private final DmServerListener.Session session;
    private final CommandFlow flow;
    private final List<CommandStatus> answers = new ArrayList<>();
    private Job job;
    private JobRun run;

    JobRunner(DmServer server, DmServerListener.Session session) {
        this.server = server;
        this.session = session;
        flow = new CommandFlow(server.maxObjectSize());
    }

    CommandFlow flow() {
        return flow;
    }

    /** Puts the next commands into the message: of the job that runs, or of the next. Returns them. */
    List<Command> fill(MessageDraft draft, JobRun.Limits limits) {
        while (true) {
            List<Command> commands = flow.fill(draft, this::answered);
            if (!commands.isEmpty()) {
                return commands;
            }
            if (run == null && !claim(limits)) {
                return List.of();
            }
            List<Step> steps = run.next();
            if (steps.isEmpty()) {
                finish(run.verdict());
            } else {
                markExec(steps);
                flow.offer(steps);
            }
        }
    }

    private boolean claim(JobRun.Limits limits) {
        var claimed = server.store().claimJob(session.device(), server.now());
        if (claimed.isEmpty()) {
            return false;
        }
        job = claimed.get();
        run = switch (job.spec()) {
            case JobSpec.Provision provision -> new ProvisionRun(provision, limits);
            case JobSpec.Commands commands -> new CommandsRun(job, commands, limits);
        };
        server.listener().jobStateChanged(job);
        return true;
    }

    /** An Exec is noted before it is sent, so that after a break nobody sends it twice. */
    private void markExec(List<Step> steps) {
        for (Step step : steps) {
            if (step.command().verb() == Verb.EXEC) {
                note(step, step.command(), 0);
            }
        }
    }

    private void note(Step step, ManagementCommand command, int code) {
        answers.add(new CommandStatus(job.attempts(), step.number(), command.verb(), command.uri(), code));
    }

    void answered(Step step, Outcome outcome) {
        List<Optional<StatusCode>> codes = step.isAtomic() ? outcome.nested() : List.of(outcome.status());
        for (int i = 0; i < codes.size(); i++) {
            ManagementCommand command = step.commands().get(i);
            codes.get(i).ifPresent(code -> note(step, command, code.number()));
        }
        run.answered(step, outcome);
    }

    /** Writes down what was answered since the last time; done before the next message of the server goes out. */
    void keep() {
        if (!answers.isEmpty()) {
            server.store().addProgress(job.id(), List.copyOf(answers), run.results());
            answers.clear();
        }
    }

    /** Fails the job that runs, if one does. */
    void fail(String reason) {
        if (run != null) {
            finish(JobRun.Verdict.failed(reason));
        }
    }

    private void finish(JobRun.Verdict verdict) {
        endAttempt(verdict.state(), verdict.reason());
    }

    /** The session is over: a job that is not through goes back into the queue. */
    void interrupt(String why) {
        if (run != null) {
            endAttempt(JobState.QUEUED, "attempt " + job.attempts() + " was interrupted: " + why);
        }
    }

    private void endAttempt(JobState state, String reason) {
        keep();
        server.store()
                .endAttempt(job.id(), job.attempts(), state, reason, server.now())
                .ifPresent(server.listener()::jobStateChanged);
        job = null;
        run = null;
    }
}
