// SPDX-License-Identifier: Apache-2.0
package org.bipline.test.integrity;

/** What fails, and at which step since the scenario began, the first step being 1. */
sealed interface Cut {
    long step();

    /** The card loses its power at a persistent write, which is not done, or, where it can be torn, done in part. */
    record Power(long step, boolean torn) implements Cut {}

    /** The card is torn out of the ME at an APDU, which it still carries out, unheard, or does not get. */
    record CardOut(long step, boolean executed) implements Cut {}

    /** The ME goes off at an APDU, and nobody tells the other side of its connections. */
    record MeOff(long step, boolean executed) implements Cut {}

    /** The ME loses the network at a TCP segment, which is lost too, or the last to arrive. */
    record NoCoverage(long step, boolean arrived) implements Cut {}

    /** The server crashes at a TCP segment, which is lost too, or the last to arrive. */
    record ServerDown(long step, boolean arrived) implements Cut {}
}
