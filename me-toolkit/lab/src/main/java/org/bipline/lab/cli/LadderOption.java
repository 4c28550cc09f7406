// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.cli;

import org.bipline.lab.trace.Ladder;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;

/** How much a command prints of its trace. */
final class LadderOption {
    @Option(names = "-v", description = "Print every step with its bytes.")
    private boolean verbose;

    boolean verbose() {
        return verbose;
    }

    /** A ladder that suits the console. */
    Ladder.Style style() {
        return new Ladder.Style(verbose, Ansi.AUTO.enabled(), Bipline.unicodeConsole());
    }
}
