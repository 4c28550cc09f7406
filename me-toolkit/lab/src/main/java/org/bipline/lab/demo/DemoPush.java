// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.demo;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bipline.cat.ota.OtaKey;
import org.bipline.cat.ota.OtaKeys;
import org.bipline.cat.tlv.ByteString;
import org.bipline.lab.Failure;
import org.bipline.lab.card.DmAppletInstallation;
import org.bipline.lab.push.Receipt;
import org.bipline.lab.push.SecuredPush;

/**
 * Triggers sessions of the card from the side of the server: a DM notification in a secured packet, in short messages. The keys of the
 * packets are of this run.
 */
final class DemoPush {
    private static final String ALGORITHM = "aes:";
    private static final int KEYSET = 1;
    private static final int CHECKSUM = 8;
    private static final int KEY = 16;
    private static final String ORIGINATOR = "+491720000000";

    private final String kic;
    private final String kid;
    private final OtaKeys keys;
    private final Clock clock;
    private int counter;

    DemoPush(RandomGenerator random, Clock clock) {
        kic = key(random);
        kid = key(random);
        keys = new OtaKeys(KEYSET, OtaKey.parse(kic), OtaKey.parse(kid), CHECKSUM);
        this.clock = clock;
    }

    private static String key(RandomGenerator random) {
        byte[] key = new byte[KEY];
        random.nextBytes(key);
        return ALGORITHM + HexFormat.of().formatHex(key);
    }

    /** The keyset, as the description of a card has it. */
    String statement() {
        return "ota " + KEYSET + " kic=" + kic + " kid=" + kid;
    }

    /** The keys, in hexadecimal. */
    List<String> keys() {
        return List.of(kic.substring(ALGORITHM.length()), kid.substring(ALGORITHM.length()));
    }

    /** Tells the card to begin a session; returns when that is over. */
    void session(DemoServer server, DemoDevice device, Duration limit) throws Failure {
        counter++;
        SecuredPush push = SecuredPush.of(
                keys,
                SecuredPush.SECURED,
                ByteString.ofHex(DmAppletInstallation.TAR),
                counter,
                ByteString.wrap(server.notification(device.id()).toByteArray()));
        List<ByteString> answers = device.receive(push.messages(ORIGINATOR, OffsetDateTime.now(clock)), limit);
        Receipt receipt = push.receipt(answers.getLast());
        if (!receipt.succeeded()) {
            throw new Failure(
                    Failure.Kind.TESTED, "the push did not reach the applet: " + receipt.text() + "; see the trace");
        }
    }
}
