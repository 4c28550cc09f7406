// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.bipline.dm.syncml.StatusCode;
import org.bipline.dm.tnds.Difference;
import org.bipline.dm.tnds.MgmtNode;

/**
 * Brings an MO in the client to a desired state by sending what differs, and nothing else but leaves that nobody can read.
 *
 * <pre>
 * READ   --404 on the root--> as {@link ProvisionRun}
 * READ   --no difference--> done
 * READ   --differences--> ATOMIC (all changes, all or none)  --200--> VERIFY
 *                         ATOMIC does not fit or is not supported: LEVELS
 * LEVELS --all done--> VERIFY
 * VERIFY --all as desired--> done
 * </pre>
 *
 * Run again after a break it reads again, and so finds what is left to do.
 */
final class ReconcileRun implements JobRun {
    private enum Phase {
        READ,
        ATOMIC,
        LEVELS,
        VERIFY,
        OVER
    }

    private final JobSpec.Reconcile spec;
    private final Limits limits;
    private final TreeMap<Integer, List<ManagementCommand>> levels = new TreeMap<>();
    private Phase phase = Phase.READ;
    private Optional<ProvisionRun> provision = Optional.empty();
    private ReadBack readBack;
    private int steps;
    private int changes;
    private int unanswered;
    private String failure = "";
    private String remark = "";

    ReconcileRun(JobSpec.Reconcile spec, Limits limits) {
        this.spec = spec;
        this.limits = limits;
        readBack = new ReadBack(spec.target(), 0);
    }

    @Override
    public List<Step> next() {
        if (provision.isPresent()) {
            return provision.get().next();
        }
        return switch (phase) {
            case READ, VERIFY -> read();
            case ATOMIC -> {
                List<ManagementCommand> all =
                        levels.values().stream().flatMap(List::stream).toList();
                yield List.of(all.size() == 1 ? Step.of(steps++, all.get(0)) : Step.atomic(steps++, all));
            }
            case LEVELS -> {
                List<Step> level = levels.pollFirstEntry().getValue().stream()
                        .map(command -> Step.of(steps++, command))
                        .toList();
                unanswered = level.size();
                yield level;
            }
            case OVER -> List.of();
        };
    }

    private List<Step> read() {
        List<Step> gets = readBack.next();
        steps += gets.size();
        if (!gets.isEmpty()) {
            return gets;
        }
        if (phase == Phase.VERIFY) {
            readBack.deviation(spec.mo()).ifPresent(this::fail);
            remark = changes + " changes";
            phase = Phase.OVER;
        } else if (readBack.isMissing()) {
            provision = Optional.of(
                    new ProvisionRun(new JobSpec.Provision(spec.mo(), spec.target(), JobSpec.Mode.AUTO), limits));
        } else {
            plan();
        }
        return next();
    }

    /** Deletes and Replaces come first; of the Adds, those nearer to the root before those below. */
    private void plan() {
        for (Difference difference : readBack.differences(spec.mo())) {
            switch (difference) {
                case Difference.Unexpected unexpected -> put(0, ManagementCommand.delete(unexpected.uri()));
                case Difference.OtherLeaf leaf -> put(0, ManagementCommand.replace(leaf.uri(), leaf.given()));
                case Difference.Missing missing -> add(missing.uri(), missing.given());
                case Difference.OtherKind kind -> {
                    put(0, ManagementCommand.delete(kind.uri()));
                    add(kind.uri(), desired(kind.uri()).orElseThrow());
                }
            }
        }
        for (String uri : readBack.writeOnly()) { // nobody can say whether it differs
            desired(uri)
                    .filter(leaf -> leaf.value().isPresent())
                    .ifPresent(leaf -> put(0, ManagementCommand.replace(uri, leaf)));
        }
        if (changes == 0) {
            phase = Phase.OVER;
            remark = "nothing differed";
        } else if (failure.isEmpty()) {
            phase = Phase.ATOMIC;
        }
    }

    private Optional<MgmtNode> desired(String uri) {
        String below =
                uri.equals(spec.target()) ? "" : uri.substring(spec.target().length() + 1);
        return spec.mo().descendant(below);
    }

    private void add(String uri, MgmtNode node) {
        int depth = (int) uri.chars().filter(c -> c == '/').count();
        put(depth, ManagementCommand.add(uri, node));
        node.children().forEach(child -> add(NodeResult.child(uri, child.name()), child));
    }

    private void put(int level, ManagementCommand command) {
        if (command.size() > limits.maxObjSize()) {
            fail(command + ": the value has " + command.size() + " octets, the client accepts " + limits.maxObjSize()
                    + " (MaxObjSize)");
        }
        changes++;
        levels.computeIfAbsent(level, n -> new ArrayList<>()).add(command);
    }

    private void fail(String reason) {
        if (failure.isEmpty()) {
            failure = reason;
        }
        phase = Phase.OVER;
    }

    @Override
    public void answered(Step step, Outcome outcome) {
        if (provision.isPresent()) {
            provision.get().answered(step, outcome);
            return;
        }
        switch (phase) {
            case READ, VERIFY -> {
                readBack.answered(step, outcome);
                if (!readBack.failure().isEmpty()) {
                    fail(readBack.failure());
                }
            }
            case ATOMIC -> atomicAnswered(step, outcome);
            case LEVELS -> {
                if (!outcome.isDone() && failure.isEmpty()) {
                    failure = outcome.explain(step) + "; of the " + changes
                            + " changes some are made, and the rest when the job is queued again";
                }
                if (--unanswered == 0 && !failure.isEmpty()) {
                    phase = Phase.OVER;
                } else if (unanswered == 0 && levels.isEmpty()) {
                    verify();
                }
            }
            case OVER -> {}
        }
    }

    private void atomicAnswered(Step step, Outcome outcome) {
        boolean unsupported = !outcome.isSent()
                || outcome.is(StatusCode.OPTIONAL_FEATURE_NOT_SUPPORTED, StatusCode.COMMAND_NOT_IMPLEMENTED)
                || outcome.is(StatusCode.ATOMIC_RESPONSE_TOO_LARGE, StatusCode.COMMAND_NOT_ALLOWED);
        if (outcome.isDone()) {
            verify();
        } else if (step.isGroup() && unsupported) {
            phase = Phase.LEVELS;
        } else {
            fail(outcome.explain(step));
        }
    }

    private void verify() {
        readBack = new ReadBack(spec.target(), steps);
        phase = Phase.VERIFY;
    }

    @Override
    public Verdict verdict() {
        if (provision.isPresent()) {
            return provision.get().verdict();
        }
        return failure.isEmpty() ? Verdict.done(remark) : Verdict.failed(failure);
    }

    @Override
    public List<NodeResult> results() {
        return provision.map(ProvisionRun::results).orElseGet(readBack::results);
    }
}
