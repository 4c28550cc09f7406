// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import java.nio.charset.StandardCharsets;
import org.bipline.cat.command.GetReaderStatus;
import org.bipline.cat.command.PerformCardApdu;
import org.bipline.cat.command.PowerOffCard;
import org.bipline.cat.command.PowerOnCard;
import org.bipline.cat.object.CardReaderStatus;
import org.bipline.cat.object.DataObjectType;
import org.bipline.cat.object.Device;
import org.bipline.cat.object.DeviceIdentities;
import org.bipline.cat.object.GeneralResult;
import org.bipline.cat.object.PlainObject;
import org.bipline.cat.object.RApdu;
import org.bipline.cat.object.Result;
import org.bipline.cat.tlv.ByteString;

/** The second card reader of an ME, which is reader 1, and the card in it. ETSI TS 102 223 clauses 6.4.17 to 6.4.20. */
final class AdditionalReader {
    private static final int READER = 1;
    private static final ByteString NAME = ByteString.wrap("bipline".getBytes(StandardCharsets.US_ASCII));
    private static final int PRESENT = 0x10; // bits of Card reader status, clause 8.33
    private static final int CARD_PRESENT = 0x40;
    private static final int CARD_POWERED = 0x80;

    /** Additional information on "MultipleCard commands error". Clause 8.12.9. */
    private enum Cause {
        READER_NOT_PRESENT(0x01),
        CARD_POWERED_OFF(0x04),
        MUTE_CARD(0x06),
        TRANSMISSION_ERROR(0x07),
        READER_NOT_VALID(0x09);

        private final int code;

        Cause(int code) {
            this.code = code;
        }
    }

    private final CardLink card;
    private boolean powered;

    /** A reader with this card in it; no card, no reader. */
    AdditionalReader(CardLink card) {
        this.card = card;
    }

    Answer powerOn(PowerOnCard command) {
        if (isAbsent(command.devices())) {
            return absent();
        }
        try {
            ByteString atr = ByteString.wrap(card.reset());
            powered = true;
            return Answer.performed(new PlainObject(DataObjectType.CARD_ATR, atr));
        } catch (CardLinkException e) {
            powered = false;
            return error(Cause.MUTE_CARD, e.getMessage());
        }
    }

    Answer powerOff(PowerOffCard command) {
        if (isAbsent(command.devices())) {
            return absent();
        }
        if (!powered) {
            return poweredOff();
        }
        off();
        return Answer.performed();
    }

    Answer perform(PerformCardApdu command) {
        if (isAbsent(command.devices())) {
            return absent();
        }
        if (!powered) {
            return poweredOff();
        }
        try {
            byte[] response = card.transmit(command.apdu().value().toBytes());
            return Answer.performed(new RApdu(ByteString.wrap(response)));
        } catch (CardLinkException e) {
            return error(Cause.TRANSMISSION_ERROR, e.getMessage());
        }
    }

    Answer status(GetReaderStatus command) {
        if (card == null) {
            return error(Cause.READER_NOT_PRESENT, "the ME has no additional reader");
        }
        if (command.identifierWanted()) {
            return isAbsent(command.devices())
                    ? absent()
                    : Answer.performed(new PlainObject(DataObjectType.CARD_READER_IDENTIFIER, NAME));
        }
        return Answer.performed(new CardReaderStatus(READER | PRESENT | CARD_PRESENT | (powered ? CARD_POWERED : 0)));
    }

    void off() {
        if (powered) {
            powered = false;
            card.close();
        }
    }

    private boolean isAbsent(DeviceIdentities devices) {
        return card == null || devices.destination() != Device.ADDITIONAL_CARD_READER_1.code();
    }

    private static Answer absent() {
        return error(Cause.READER_NOT_VALID, "Device identities: the destination is no reader of the ME");
    }

    private static Answer poweredOff() {
        return error(Cause.CARD_POWERED_OFF, "the card in the reader is without power");
    }

    private static Answer error(Cause cause, String reason) {
        Result result = new Result(GeneralResult.MULTIPLE_CARD_COMMAND_ERROR.code(), ByteString.of(cause.code));
        return Answer.refused(result, reason, "ETSI TS 102 223 clause 8.12.9");
    }
}
