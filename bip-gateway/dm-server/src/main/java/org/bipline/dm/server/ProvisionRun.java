// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.bipline.dm.server.JobSpec.Mode;
import org.bipline.dm.server.ManagementCommand.Verb;
import org.bipline.dm.syncml.StatusCode;
import org.bipline.dm.tnds.MgmtNode;
import org.bipline.dm.tnds.MgmtTree;
import org.bipline.dm.tnds.Tnds;

/**
 * Provisions an MO and reads it back.
 *
 * <pre>
 * TNDS    --200--> READ
 * TNDS    --418--> REPLACE (of the whole subtree, in one command)  --200--> READ
 *                  REPLACE is not supported: ATOMIC (Delete and Add in one)  --200--> READ
 *                  ATOMIC does not fit or is not supported: DELETE, then TNDS
 * TNDS    --406, 415, mode AUTO--> NODES
 * NODES   --418 on the root--> DELETE, then NODES
 * NODES   --any other failure below the root--> UNDO (Delete of the root), failed
 * READ    --all read, equal to what was given--> done
 * </pre>
 *
 * Run again after a break it starts at the top; the 418 that it then meets makes it converge.
 */
final class ProvisionRun implements JobRun {
    private enum Phase {
        TNDS,
        REPLACE,
        ATOMIC,
        DELETE,
        NODES,
        UNDO,
        READ,
        OVER
    }

    private final MgmtNode mo;
    private final String target;
    private final Mode mode;
    private final ManagementCommand.OnNode tnds;
    private final Deque<List<ManagementCommand>> levels = new ArrayDeque<>();
    private Phase phase;
    private Phase afterDelete;
    private boolean deleted;
    private boolean rootAdded;
    private int answeredOfLevel;
    private int steps;
    private String failure = "";
    private String remark = "";
    private ReadBack readBack;

    ProvisionRun(JobSpec.Provision spec, Limits limits) {
        mo = spec.mo();
        target = spec.target();
        mode = spec.mode();
        tnds = tnds(mo, target, limits.xml());
        phase = mode == Mode.NODES ? Phase.NODES : Phase.TNDS;
        fillLevels();
        refuseWhatIsTooLarge(limits.maxObjSize());
    }

    /** The name is left empty: it then is the last segment of the target (OMA DM TNDS, element NodeName). */
    private static ManagementCommand.OnNode tnds(MgmtNode mo, String target, boolean xml) {
        MgmtTree tree = MgmtTree.of(new MgmtNode(
                "",
                Optional.empty(),
                mo.format(),
                mo.type(),
                mo.value(),
                mo.acl(),
                mo.title(),
                mo.tstamp(),
                mo.verNo(),
                mo.children()));
        return xml
                ? ManagementCommand.add(
                        target,
                        Format.XML,
                        Tnds.XML_MEDIA_TYPE,
                        NodeValue.text(new String(Tnds.toXml(tree), StandardCharsets.UTF_8)))
                : ManagementCommand.add(
                        target, Format.BIN, Tnds.WBXML_MEDIA_TYPE, NodeValue.binary(Tnds.toWbxml(tree)));
    }

    /** Nodes of one level depend on those above it only, so that a message may carry many, in any order. */
    private void fillLevels() {
        List<ManagementCommand> acls = new ArrayList<>();
        record Placed(String uri, MgmtNode node) {}
        List<Placed> level = List.of(new Placed(target, mo));
        while (!level.isEmpty()) {
            List<ManagementCommand> adds = new ArrayList<>();
            List<Placed> below = new ArrayList<>();
            for (Placed placed : level) {
                MgmtNode node = placed.node();
                adds.add(ManagementCommand.add(placed.uri(), node));
                node.acl().ifPresent(acl -> acls.add(ManagementCommand.replaceProperty(placed.uri(), "ACL", acl)));
                node.children()
                        .forEach(child -> below.add(new Placed(NodeResult.child(placed.uri(), child.name()), child)));
            }
            levels.add(adds);
            level = below;
        }
        if (!acls.isEmpty()) {
            levels.add(acls);
        }
    }

    private void refuseWhatIsTooLarge(long maxObjSize) {
        if (phase == Phase.TNDS) {
            if (tnds.size() > maxObjSize) {
                fail("the management object has " + tnds.size() + " octets, the client accepts objects of " + maxObjSize
                        + " (MaxObjSize); leave parts of it out or split it");
            }
            return;
        }
        for (List<ManagementCommand> level : levels) {
            for (ManagementCommand add : level) {
                if (add.size() > maxObjSize) {
                    fail(add + ": the value has " + add.size() + " octets, the client accepts " + maxObjSize
                            + " (MaxObjSize)");
                }
            }
        }
    }

    private void fail(String reason) {
        failure = reason;
        phase = Phase.OVER;
    }

    @Override
    public List<Step> next() {
        return switch (phase) {
            case TNDS -> List.of(step(tnds));
            case REPLACE -> List.of(step(tnds.withVerb(Verb.REPLACE)));
            case ATOMIC -> List.of(Step.atomic(steps++, List.of(ManagementCommand.delete(target), tnds)));
            case DELETE, UNDO -> List.of(step(ManagementCommand.delete(target)));
            case NODES -> levels.element().stream().map(this::step).toList();
            case READ -> read();
            case OVER -> List.of();
        };
    }

    private Step step(ManagementCommand command) {
        return Step.of(steps++, command);
    }

    private List<Step> read() {
        if (readBack == null) {
            readBack = new ReadBack(target, steps);
        }
        List<Step> gets = readBack.next();
        if (gets.isEmpty()) {
            compare();
        }
        return gets;
    }

    private void compare() {
        Optional<String> deviation = readBack.deviation(mo);
        if (deviation.isPresent()) {
            fail(deviation.get());
            return;
        }
        if (readBack.unreadable() > 0) {
            remark = readBack.unreadable() + " nodes cannot be read and were not compared";
        }
        phase = Phase.OVER;
    }

    @Override
    public void answered(Step step, Outcome outcome) {
        switch (phase) {
            case TNDS -> tndsAnswered(step, outcome);
            case REPLACE -> replaceAnswered(step, outcome, Phase.ATOMIC);
            case ATOMIC -> replaceAnswered(step, outcome, Phase.DELETE);
            case DELETE -> deleteAnswered(step, outcome);
            case NODES -> nodeAnswered(step, outcome);
            case UNDO ->
                fail(failure
                        + (outcome.isDone() || outcome.is(StatusCode.NOT_FOUND)
                                ? "; what had been added was deleted"
                                : "; deleting what had been added failed too: " + outcome.explain(step)));
            case READ -> {
                readBack.answered(step, outcome);
                if (!readBack.failure().isEmpty()) {
                    fail(readBack.failure());
                }
            }
            case OVER -> {}
        }
    }

    private void tndsAnswered(Step step, Outcome outcome) {
        if (outcome.isDone()) {
            phase = Phase.READ;
        } else if (outcome.is(StatusCode.ALREADY_EXISTS) && !deleted) {
            phase = Phase.REPLACE;
        } else if (isRefusalOfTnds(outcome)) {
            phase = Phase.NODES;
        } else {
            fail(outcome.explain(step) + lost());
        }
    }

    private boolean isRefusalOfTnds(Outcome outcome) {
        return mode == Mode.AUTO
                && outcome.is(StatusCode.OPTIONAL_FEATURE_NOT_SUPPORTED, StatusCode.UNSUPPORTED_MEDIA_TYPE_OR_FORMAT);
    }

    private void replaceAnswered(Step step, Outcome outcome, Phase otherwise) {
        if (outcome.isDone()) {
            phase = Phase.READ;
        } else if (!outcome.isSent()
                || outcome.is(
                        StatusCode.COMMAND_NOT_ALLOWED,
                        StatusCode.OPTIONAL_FEATURE_NOT_SUPPORTED,
                        StatusCode.UNSUPPORTED_MEDIA_TYPE_OR_FORMAT,
                        StatusCode.COMMAND_NOT_IMPLEMENTED)) {
            phase = otherwise;
            afterDelete = Phase.TNDS;
        } else {
            fail(outcome.explain(step));
        }
    }

    private void delete(Phase then) {
        afterDelete = then;
        phase = Phase.DELETE;
    }

    private void deleteAnswered(Step step, Outcome outcome) {
        if (outcome.isDone() || outcome.is(StatusCode.NOT_FOUND)) {
            deleted = true;
            phase = afterDelete;
        } else {
            fail(outcome.explain(step));
        }
    }

    private String lost() {
        return deleted ? "; the object that was there before has been deleted" : "";
    }

    private void nodeAnswered(Step step, Outcome outcome) {
        if (!failure.isEmpty()) { // of this level one has failed before
            rootAdded |= outcome.isDone();
        } else if (outcome.isDone()) {
            rootAdded = true;
        } else if (outcome.is(StatusCode.ALREADY_EXISTS) && !rootAdded && !deleted) {
            delete(Phase.NODES);
            return;
        } else {
            failure = outcome.explain(step) + lost();
        }
        if (++answeredOfLevel == levels.element().size()) {
            answeredOfLevel = 0;
            levels.remove();
            if (!failure.isEmpty()) {
                phase = rootAdded ? Phase.UNDO : Phase.OVER;
            } else if (levels.isEmpty()) {
                phase = Phase.READ;
            }
        }
    }

    @Override
    public Verdict verdict() {
        return failure.isEmpty() ? Verdict.done(remark) : Verdict.failed(failure);
    }

    @Override
    public List<NodeResult> results() {
        return readBack == null ? List.of() : readBack.results();
    }
}
