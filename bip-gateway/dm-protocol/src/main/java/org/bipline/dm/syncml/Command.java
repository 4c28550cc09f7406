// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.syncml;

import java.util.List;
import java.util.Optional;

/** A command of a message. OMA DM Representation Protocol, protocol command elements. */
public sealed interface Command permits Command.OnItems, Command.Container, Command.Unsupported, Status {
    /** Identifier of the command in its message: the element CmdID. */
    String cmdId();

    /** Name of the command's element, to which a Status refers in Cmd. */
    String name();

    /** A command whose items name nodes. */
    sealed interface OnItems extends Command permits Add, Replace, Get, Delete, Copy, Exec, Alert, Results {
        /** Meta-information for all items that have none of their own. */
        Optional<Meta> meta();

        List<Item> items();
    }

    /** A command that holds others. */
    sealed interface Container extends Command permits Sequence, Atomic {
        List<Command> commands();
    }

    /** Creates a node with the value of its item. */
    record Add(String cmdId, Optional<Meta> meta, List<Item> items) implements OnItems {
        public Add {
            items = List.copyOf(items);
        }

        public static Add of(String cmdId, Item... items) {
            return new Add(cmdId, Optional.empty(), List.of(items));
        }

        @Override
        public String name() {
            return "Add";
        }
    }

    /** Overwrites the value or a property of a node. */
    record Replace(String cmdId, Optional<Meta> meta, List<Item> items) implements OnItems {
        public Replace {
            items = List.copyOf(items);
        }

        public static Replace of(String cmdId, Item... items) {
            return new Replace(cmdId, Optional.empty(), List.of(items));
        }

        @Override
        public String name() {
            return "Replace";
        }
    }

    /** Asks for the value, a property or the children of a node. */
    record Get(String cmdId, Optional<Meta> meta, List<Item> items) implements OnItems {
        public Get {
            items = List.copyOf(items);
        }

        public static Get of(String cmdId, Item... items) {
            return new Get(cmdId, Optional.empty(), List.of(items));
        }

        @Override
        public String name() {
            return "Get";
        }
    }

    /** Removes a node and all below it. */
    record Delete(String cmdId, Optional<Meta> meta, List<Item> items) implements OnItems {
        public Delete {
            items = List.copyOf(items);
        }

        public static Delete of(String cmdId, Item... items) {
            return new Delete(cmdId, Optional.empty(), List.of(items));
        }

        @Override
        public String name() {
            return "Delete";
        }
    }

    /** Copies the value of a leaf. */
    record Copy(String cmdId, Optional<Meta> meta, List<Item> items) implements OnItems {
        public Copy {
            items = List.copyOf(items);
        }

        public static Copy of(String cmdId, Item... items) {
            return new Copy(cmdId, Optional.empty(), List.of(items));
        }

        @Override
        public String name() {
            return "Copy";
        }
    }

    /**
     * Starts what a node stands for.
     *
     * @param correlator mark by which a later generic alert refers to this command
     */
    record Exec(String cmdId, Optional<String> correlator, Optional<Meta> meta, List<Item> items) implements OnItems {
        public Exec {
            items = List.copyOf(items);
        }

        @Override
        public String name() {
            return "Exec";
        }
    }

    /**
     * Tells of an event, or asks the user.
     *
     * @param code what it is about; absent means that the recipient shows the items
     * @param correlator the correlator of the command that this alert answers
     */
    record Alert(String cmdId, Optional<AlertCode> code, Optional<String> correlator, List<Item> items)
            implements OnItems {
        public Alert {
            items = List.copyOf(items);
        }

        public static Alert of(String cmdId, AlertCode code, Item... items) {
            return new Alert(cmdId, Optional.of(code), Optional.empty(), List.of(items));
        }

        /** Alerts have meta-information in their items only. */
        @Override
        public Optional<Meta> meta() {
            return Optional.empty();
        }

        @Override
        public String name() {
            return "Alert";
        }
    }

    /** Data that a Get asked for. */
    record Results(
            String cmdId,
            Optional<String> msgRef,
            String cmdRef,
            Optional<Meta> meta,
            List<String> targetRefs,
            List<String> sourceRefs,
            List<Item> items)
            implements OnItems {
        public Results {
            targetRefs = List.copyOf(targetRefs);
            sourceRefs = List.copyOf(sourceRefs);
            items = List.copyOf(items);
        }

        public static Results of(String cmdId, String msgRef, String cmdRef, Item... items) {
            return new Results(
                    cmdId, Optional.of(msgRef), cmdRef, Optional.empty(), List.of(), List.of(), List.of(items));
        }

        @Override
        public String name() {
            return "Results";
        }
    }

    /** Commands that are to be done in their order. */
    record Sequence(String cmdId, Optional<Meta> meta, List<Command> commands) implements Container {
        public Sequence {
            commands = List.copyOf(commands);
        }

        @Override
        public String name() {
            return "Sequence";
        }
    }

    /** Commands that are to be done all or none. */
    record Atomic(String cmdId, Optional<Meta> meta, List<Command> commands) implements Container {
        public Atomic {
            commands = List.copyOf(commands);
        }

        @Override
        public String name() {
            return "Atomic";
        }
    }

    /** A command that DM 1.2 does not use (Put, Search, Sync, Map) or that no version defines: it is answered, not done. */
    record Unsupported(String cmdId, String name) implements Command {}
}
