// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.push;

import java.util.Optional;
import org.bipline.cat.ota.Check;
import org.bipline.cat.ota.ResponsePacket;
import org.bipline.cat.ota.ResponseStatus;
import org.bipline.cat.ota.Spi;
import org.bipline.cat.tlv.ByteString;
import org.bipline.lab.card.DmAppletInstallation;

/**
 * A proof of receipt.
 *
 * @param asked what the command packet wanted of it
 */
public record Receipt(ResponsePacket packet, Spi asked) {
    /** What the DM applet answers: technical specification clause 1, Notification. */
    private static final String[] OUTCOMES = {
        "the card takes the notification",
        "the card refuses the notification: it does not know the server, or the digest is not of its password and its latest nonce",
        "the card has taken a notification of this session before"
    };

    /** Whether the card has taken packet and notification, and has proven it as far as it was asked to. */
    public boolean succeeded() {
        boolean taken = packet.status()
                .filter(s -> s == ResponseStatus.POR_OK || s == ResponseStatus.RESPONSE_IN_SUBMIT)
                .isPresent();
        boolean proven = packet.genuine() || (asked.receiptCheck() == Check.NONE && !asked.isReceiptCiphered());
        return taken && proven && outcome().filter(code -> code != 0).isEmpty();
    }

    /** The card says that it has an answer of several short messages, which follow. */
    public boolean announcesAnother() {
        return packet.status()
                .filter(s -> s == ResponseStatus.RESPONSE_IN_SUBMIT)
                .isPresent();
    }

    /** The byte that the DM applet answers with. */
    private Optional<Integer> outcome() {
        boolean fromDmApplet = packet.tar().equals(ByteString.ofHex(DmAppletInstallation.TAR));
        return fromDmApplet && packet.data().length() == 1
                ? Optional.of(packet.data().u8(0))
                : Optional.empty();
    }

    /** Status, answer of the application and whether they are proven, in words. */
    public String text() {
        StringBuilder text = new StringBuilder("%02X ".formatted(packet.code())).append(packet.text());
        Optional<Integer> outcome = outcome();
        if (outcome.filter(code -> code < OUTCOMES.length).isPresent()) {
            text.append("; ").append(OUTCOMES[outcome.get()]);
        } else if (!packet.data().isEmpty()) {
            text.append("; data ").append(packet.data());
        }
        if (!succeeded() && packet.code() == 0 && !packet.genuine()) {
            text.append("; not secured as asked for: anybody can have made it");
        }
        return text.toString();
    }
}
