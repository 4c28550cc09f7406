// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bipline.dm.server.ManagementCommand.Verb;
import org.bipline.dm.syncml.Command;

/** Runs the jobs of a device in one session, one after the other, and keeps the store and the listener informed. */
final class JobRunner {
    private final DmServer server;
    private final DmServerListener.Session session;
    private final CommandFlow flow;
    private final String authority;
    private final List<CommandStatus> answers = new ArrayList<>();
    private final List<AuditEntry> audited = new ArrayList<>();
    private final DesiredCheck desired;
    private Job job;
    private JobRun run;
    private boolean temporary;

    /** @param authority in whose name the commands are sent */
    JobRunner(DmServer server, DmServerListener.Session session, String authority) {
        this.server = server;
        this.session = session;
        this.authority = authority;
        flow = new CommandFlow(server.maxObjectSize());
        desired = new DesiredCheck(server, session.device());
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
            if (run != null) {
                goOn();
            } else if (!claim(limits)) {
                if (!desired.isDue()) {
                    return List.of();
                }
                flow.offer(desired.next());
            }
        }
    }

    private void goOn() {
        List<Step> steps = run.next();
        if (steps.isEmpty()) {
            finish(run.verdict());
        } else {
            markExec(steps);
            flow.offer(steps);
        }
    }

    private boolean claim(JobRun.Limits limits) {
        var claimed = server.store().claimJob(session.device(), server.now());
        if (claimed.isEmpty()) {
            return false;
        }
        job = claimed.get();
        temporary = false;
        run = switch (job.spec()) {
            case JobSpec.Provision provision -> new ProvisionRun(provision, limits);
            case JobSpec.Reconcile reconcile -> new ReconcileRun(reconcile, limits);
            case JobSpec.Commands commands -> new CommandsRun(job, commands, limits);
        };
        server.jobStateChanged(job);
        if (job.attempts() > server.maxAttempts()) { // the server crashed in one of them, so that nobody counted
            endAttempt(givenUp(job.reason()), Optional.empty());
        }
        return true;
    }

    /** An Exec is noted before it is sent, so that after a break nobody sends it twice. */
    private void markExec(List<Step> steps) {
        for (Step step : steps) {
            for (ManagementCommand command : step.commands()) {
                if (command.verb() == Verb.EXEC) {
                    answers.add(new CommandStatus(job.attempts(), step.number(), command.verb(), command.uri(), 0));
                }
            }
        }
    }

    void answered(Step step, Outcome outcome) {
        List<CommandStatus> statuses = outcome.statuses(job == null ? 0 : job.attempts(), step);
        audited.addAll(server.auditLog().commands(authority, session.device(), statuses));
        if (run == null) {
            desired.answered(step, outcome);
            return;
        }
        answers.addAll(statuses);
        boolean failedBefore = hasFailed();
        run.answered(step, outcome);
        if (!failedBefore && hasFailed()) {
            temporary = outcome.isTemporary(step);
        }
    }

    private boolean hasFailed() {
        return run.verdict().state() == JobState.FAILED;
    }

    /** Writes down what was answered since the last time; done before the next message of the server goes out. */
    void keep() {
        if (!audited.isEmpty()) {
            server.store().addAudit(List.copyOf(audited));
            audited.clear();
        }
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

    /** What failed for the time being goes back into the queue for a later session, unless it has been tried often enough. */
    private void finish(JobRun.Verdict verdict) {
        if (verdict.state() != JobState.FAILED || !temporary) {
            endAttempt(verdict, Optional.empty());
        } else if (job.attempts() < server.maxAttempts()) {
            Instant next = server.now().plus(server.retryDelay(job.attempts()));
            endAttempt(
                    new JobRun.Verdict(JobState.QUEUED, "attempt " + job.attempts() + ": " + verdict.reason()),
                    Optional.of(next));
        } else {
            endAttempt(givenUp(verdict.reason()), Optional.empty());
        }
    }

    /** The session is over: a job that is not through goes back into the queue, unless it has been tried often enough. */
    void interrupt(String why) {
        if (run == null) {
            keep();
            return;
        }
        String reason = "attempt " + job.attempts() + " was interrupted: " + why;
        if (job.attempts() < server.maxAttempts()) {
            endAttempt(new JobRun.Verdict(JobState.QUEUED, reason), Optional.empty());
        } else {
            endAttempt(givenUp(reason), Optional.empty());
        }
    }

    private JobRun.Verdict givenUp(String reason) {
        return JobRun.Verdict.failed("given up after " + server.maxAttempts() + " attempts"
                + (reason.isEmpty() ? "" : "; the last: " + reason));
    }

    private void endAttempt(JobRun.Verdict verdict, Optional<Instant> notBefore) {
        keep();
        server.store()
                .endAttempt(job.id(), job.attempts(), verdict.state(), verdict.reason(), server.now(), notBefore)
                .ifPresent(server::jobStateChanged);
        if (verdict.state().isFinal()) {
            desired.jobEnded(job.id());
        }
        job = null;
        run = null;
    }
}
