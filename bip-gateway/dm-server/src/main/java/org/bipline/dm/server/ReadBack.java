// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bipline.dm.syncml.StatusCode;

/** Reads a subtree by Get: the root, then level by level what the child lists name. */
final class ReadBack {
    /** Far more than a card holds; ends what a client that invents children would make endless. */
    private static final int MAX_NODES = 10_000;

    private final List<NodeResult> results = new ArrayList<>();
    private List<String> unread = new ArrayList<>();
    private int steps;
    private String failure = "";

    ReadBack(String root, int firstStep) {
        unread.add(root);
        steps = firstStep;
    }

    /** The Gets of the next level; empty when there is none or one failed. */
    List<Step> next() {
        if (!failure.isEmpty()) {
            return List.of();
        }
        List<Step> gets = new ArrayList<>();
        for (String uri : unread) {
            gets.add(Step.of(steps++, ManagementCommand.get(uri)));
        }
        unread = new ArrayList<>();
        return gets;
    }

    void answered(Step step, Outcome outcome) {
        String uri = step.command().uri();
        if (outcome.result().isPresent() && outcome.isDone()) {
            NodeResult result = outcome.result().get();
            results.add(result);
            if (result.isInterior()) {
                result.children().forEach(name -> unread.add(NodeResult.child(uri, name)));
            }
            if (results.size() + unread.size() > MAX_NODES) {
                failure = uri + ": more than " + MAX_NODES + " nodes";
            }
        } else if (outcome.is(StatusCode.COMMAND_NOT_ALLOWED, StatusCode.PERMISSION_DENIED)) {
            results.add(new NodeResult(
                    uri,
                    "",
                    Optional.empty(),
                    Optional.empty(),
                    outcome.status().orElseThrow()));
        } else if (failure.isEmpty()) {
            failure = "reading back: " + outcome.explain(step);
        }
    }

    /** In the order in which they were read. */
    List<NodeResult> results() {
        return results;
    }

    String failure() {
        return failure;
    }
}
