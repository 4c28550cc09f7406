// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.bipline.dm.tnds.MgmtNode;
import org.bipline.dm.tnds.MgmtTree;

/** What a job is to do. */
public sealed interface JobSpec {
    /** How an MO gets to the client. */
    enum Mode {
        /** As {@link #TNDS}; node by node where the client refuses that with 406 or 415. */
        AUTO,
        /** One Add with the MO as a TNDS object, in chunks where it is large. */
        TNDS,
        /** An Add for each node; when one fails, what was added is deleted again. */
        NODES
    }

    /**
     * Provides the client with an MO, replacing one that is there, and reads it back. The job is done if what was read
     * equals what was given.
     *
     * @param mo root of the MO; its name is replaced by the last segment of the target
     * @param target URI of the MO's root in the client
     */
    record Provision(MgmtNode mo, String target, Mode mode) implements JobSpec {
        public Provision {
            Objects.requireNonNull(mode);
            check(mo, target);
        }
    }

    /**
     * Brings an MO in the client to a desired state: what the client has is read, and only what differs is sent, all or nothing where
     * the client can do that. An MO that the client does not have is provisioned. The job is done when the client has what is desired.
     *
     * @param mo root of the MO as it is to be
     * @param target URI of the MO's root in the client
     */
    record Reconcile(MgmtNode mo, String target) implements JobSpec {
        public Reconcile {
            check(mo, target);
        }
    }

    private static void check(MgmtNode mo, String target) {
        if (!mo.isInterior()) {
            throw new IllegalArgumentException("the root of a management object is an interior node");
        }
        if (!target.startsWith("./") || target.endsWith("/") || target.contains("//")) {
            throw new IllegalArgumentException("target is no URI of a node, such as ./MO/Example: " + target);
        }
    }

    /**
     * Steps in their order. The first that fails ends the job, and those after it are not sent; a step on whose status a later one has
     * a condition does not end it.
     */
    record Commands(List<JobStep> steps) implements JobSpec {
        public Commands {
            steps = List.copyOf(steps);
            if (steps.isEmpty()) {
                throw new IllegalArgumentException("no commands");
            }
            for (int i = 0; i < steps.size(); i++) {
                for (Condition condition : steps.get(i).conditions()) {
                    if (condition.step() < 0 || condition.step() >= i) {
                        throw new IllegalArgumentException("step " + i + " has a condition on step " + condition.step()
                                + ", which is no earlier one");
                    }
                }
            }
        }

        /** True if a later step says what is to be done when this one fails. */
        boolean mayFail(int step) {
            return steps.stream()
                    .flatMap(later -> later.conditions().stream())
                    .anyMatch(condition -> condition.step() == step && condition.isOnStatus());
        }
    }

    /**
     * Provisions the one MO of a TNDS document below {@code ./MO}, under its own name.
     *
     * @throws IllegalArgumentException when the document holds no node or several side by side, or the node has no name
     */
    static Provision provision(MgmtTree tree) {
        return provision(tree, defaultTarget(tree), Mode.AUTO);
    }

    /**
     * Where an MO goes that is given no place: below {@code ./MO}, under its own name.
     *
     * @throws IllegalArgumentException when the document holds no node or several side by side, or the node has no name
     */
    static String defaultTarget(MgmtTree tree) {
        String name = root(tree).name();
        if (name.isEmpty()) {
            throw new IllegalArgumentException("the management object has no NodeName: give a target URI");
        }
        return "./MO/" + name;
    }

    static Provision provision(MgmtTree tree, String target, Mode mode) {
        return new Provision(root(tree), target, mode);
    }

    static Commands commands(ManagementCommand... commands) {
        return new Commands(Stream.of(commands).map(JobStep::of).toList());
    }

    static Commands steps(JobStep... steps) {
        return new Commands(List.of(steps));
    }

    /**
     * The one node at the top of a tree.
     *
     * @throws IllegalArgumentException when there is none, or several side by side
     */
    static MgmtNode root(MgmtTree tree) {
        if (tree.nodes().size() != 1) {
            throw new IllegalArgumentException(
                    tree.nodes().size() + " nodes at the top of the tree, where a management object has one");
        }
        return tree.nodes().get(0);
    }
}
