// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

/**
 * What becomes of one object in a local session, by the versions of card, device and record and by the policy. It changes
 * nothing. Technical specification clause 15, Comparison.
 */
final class Decision {
    static final byte LEAVE = 0;
    static final byte ASK = 1; // the user
    static final byte ADD = 2; // on the device
    static final byte REPLACE = 3; // on the device
    static final byte TAKE = 4; // the device's copy
    static final byte COMPARE = 5; // with the device's copy: where they differ, the server is asked
    static final byte ASK_TIME = 6; // of the device's change: the newer one wins
    static final byte TAKE_BACK = 7; // delete on the device
    static final byte DELETE = 8; // on the card, with its record
    static final byte FORGET = 9; // delete the record
    static final byte MOVE = 10; // delete on the device, and add where the policy wants it

    private final MoStore store;
    private final SyncRecords records;

    Decision(MoStore store, SyncRecords records) {
        this.store = store;
        this.records = records;
    }

    /**
     * Decides on the object at work.
     *
     * @param known whether the device has the anchor of the last session
     */
    byte of(Survey survey, boolean known) {
        short object = survey.object();
        short record = survey.record();
        boolean present = survey.status() == Status.OK;
        if (!present && survey.status() != Status.NOT_FOUND) {
            return LEAVE; // the device does not tell
        }
        byte was = record == MoStore.NONE ? 0 : records.read(record);
        if (was == SyncRecords.ADOPTED) {
            was = SyncRecords.AGREED;
        }
        byte direction = object == MoStore.NONE ? Policy.NOT_RELEASED : records.policy.direction(object);
        if (direction == Policy.NOT_RELEASED) {
            return record == MoStore.NONE ? LEAVE : ofWithdrawal(was, present);
        }
        boolean sameOnCard = records.isCardVersion(store.verNo(object));
        if (record == MoStore.NONE || was == SyncRecords.DECLINED) {
            if (record != MoStore.NONE && sameOnCard) {
                return LEAVE;
            }
            return records.policy.asksUser(object) ? ASK : ofAdoption(survey);
        }
        boolean sameOnDevice = present && records.isDeviceVersion(survey.version());
        boolean bothWays = direction == Policy.BOTH_WAYS;
        boolean misplaced = records.isMisplaced(record, object);
        if (!present) {
            return bothWays && was == SyncRecords.AGREED && sameOnCard && known ? DELETE : misplaced ? MOVE : ADD;
        }
        boolean open = was == SyncRecords.CONFLICT || was == SyncRecords.REPORTED;
        if (open && sameOnCard && sameOnDevice && records.resolution(record) == 0) {
            return records.policy.conflict(object) == Policy.ASK ? LEAVE : ofConflict(object, record);
        }
        if (open || (was == SyncRecords.PENDING && !sameOnDevice)) {
            return ofConflict(object, record);
        }
        if (misplaced && (sameOnDevice || !bothWays)) {
            return MOVE; // else what the device has changed comes first
        }
        if (sameOnCard && sameOnDevice) {
            return LEAVE;
        }
        if (sameOnDevice || !bothWays) {
            return REPLACE;
        }
        return sameOnCard ? TAKE : ofConflict(object, record);
    }

    /** The object is gone or no longer released: so it is on the device, if it came from the card. */
    private static byte ofWithdrawal(byte was, boolean present) {
        return present && (was == SyncRecords.AGREED || was == SyncRecords.PENDING) ? TAKE_BACK : FORGET;
    }

    /** The device is to have the object at work, as the policy or its user wants it. */
    byte ofAdoption(Survey survey) {
        return survey.status() == Status.OK ? ofConflict(survey.object(), survey.record()) : ADD;
    }

    /** Both sides have their own version of the object. */
    private byte ofConflict(short object, short record) {
        byte resolution = record == MoStore.NONE ? 0 : records.resolution(record);
        byte rule = records.policy.conflict(object);
        if (records.policy.direction(object) != Policy.BOTH_WAYS || resolution == SyncRecords.CARD_WINS) {
            rule = Policy.CARD_WINS;
        } else if (resolution == SyncRecords.DEVICE_WINS) {
            rule = Policy.DEVICE_WINS;
        }
        switch (rule) {
            case Policy.DEVICE_WINS:
                return TAKE;
            case Policy.ASK:
                return COMPARE;
            case Policy.NEWER_WINS:
                return store.hasTime(object) ? ASK_TIME : REPLACE;
            default:
                return REPLACE;
        }
    }
}
