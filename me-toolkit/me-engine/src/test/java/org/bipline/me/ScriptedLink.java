// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Queue;
import org.bipline.cat.tlv.ByteString;

/** A card that expects exactly these APDUs, one after the other. */
final class ScriptedLink implements CardLink {
    private record Step(String command, String response) {}

    private final Queue<Step> steps = new ArrayDeque<>();
    private volatile String surprise;

    /** The next command, in hexadecimal, and its answer. */
    ScriptedLink expect(String command, String response) {
        steps.add(new Step(command, response));
        return this;
    }

    void assertComplete() {
        assertThat(surprise).isNull();
        assertThat(steps).isEmpty();
    }

    @Override
    public byte[] reset() {
        return ByteString.ofHex("3B9F96801FC68031E073FE211F64410126829000AB").toBytes();
    }

    @Override
    public byte[] transmit(byte[] command) throws CardLinkException {
        String hex = ByteString.copyOf(command).toString();
        Step step = steps.poll();
        if (step == null || !step.command.equals(hex)) {
            surprise = hex + " where " + step + " was expected";
            throw new CardLinkException(surprise);
        }
        return ByteString.ofHex(step.response).toBytes();
    }

    @Override
    public void close() {
        // nothing to power down
    }
}
