// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bipline.cat.envelope.EventDownload;
import org.bipline.cat.object.AccessTechnology;
import org.bipline.cat.object.AccessTechnology.Technology;
import org.bipline.cat.object.Address;
import org.bipline.cat.object.BatteryState;
import org.bipline.cat.object.CardReaderStatus;
import org.bipline.cat.object.DataObject;
import org.bipline.cat.object.DataObjectType;
import org.bipline.cat.object.DateTimeAndTimeZone;
import org.bipline.cat.object.Device;
import org.bipline.cat.object.DeviceIdentities;
import org.bipline.cat.object.Event;
import org.bipline.cat.object.Imei;
import org.bipline.cat.object.Imeisv;
import org.bipline.cat.object.Language;
import org.bipline.cat.object.LocalInformation;
import org.bipline.cat.object.LocationInformation;
import org.bipline.cat.object.LocationStatus;
import org.bipline.cat.object.PlainObject;
import org.bipline.cat.tlv.ByteString;

/**
 * What goes on round the ME: its cell, its calls, its user. Whatever changes here is told to the card as the event of ETSI TS
 * 102 223 clause 7.5 when the card asked for that event, and PROVIDE LOCAL INFORMATION tells the same. Belongs to the ME's
 * own thread; others change it through {@link MobileEquipment#happens}.
 */
public final class Surroundings {
    public static final int NORMAL_SERVICE = 0;
    public static final int LIMITED_SERVICE = 1;
    public static final int NO_SERVICE = 2;

    private static final DeviceIdentities NETWORK_TO_UICC = DeviceIdentities.of(Device.NETWORK, Device.UICC);
    private static final DeviceIdentities TERMINAL_TO_UICC = DeviceIdentities.TERMINAL_TO_UICC;
    private static final int TO_ORIGINATOR = 0x80; // transaction identifier flag, 3GPP TS 24.007 clause 11.2.3.1.3

    private static final int ELLIPSOID_POINT = 0x00; // 3GPP TS 23.032 clause 7.1
    private static final int MAX_LATITUDE = 0x7FFFFF;
    private static final int SOUTH = 0x800000;

    private final EventQueue events;
    private final MeClock clock;
    private final Runnable browserClosed;
    private final Map<LocalInformation, List<DataObject>> local = new EnumMap<>(LocalInformation.class);
    private LocationInformation location;
    private int service = NORMAL_SERVICE;
    private PlainObject position = plain(DataObjectType.GAD_SHAPES, ELLIPSOID_POINT, 0, 0, 0, 0, 0, 0);
    private Optional<PlainObject> frames = Optional.empty();
    private boolean inCall;
    private boolean mobileOriginated;
    private boolean screenBusy;

    Surroundings(MeProfile profile, EventQueue events, MeClock clock, Runnable browserClosed) {
        this.events = events;
        this.clock = clock;
        this.browserClosed = browserClosed;
        location = LocationInformation.of(profile.plmn(), profile.areaCode(), profile.cellIdentity());
        local.put(LocalInformation.IMEI, List.of(Imei.of(profile.imei())));
        local.put(LocalInformation.IMEISV, List.of(Imeisv.of(profile.imeisv())));
        local.put(LocalInformation.LANGUAGE_SETTING, List.of(Language.of(profile.language())));
        local.put(LocalInformation.ACCESS_TECHNOLOGY, List.of(AccessTechnology.of(profile.accessTechnology())));
        local.put(LocalInformation.SEARCH_MODE, List.of(searchMode(false)));
        local.put(LocalInformation.BATTERY_CHARGE_STATE, List.of(new BatteryState(4)));
        local.put(LocalInformation.TIMING_ADVANCE, List.of(plain(DataObjectType.TIMING_ADVANCE, 0, 0)));
    }

    /** What PROVIDE LOCAL INFORMATION tells, in its order; empty when the ME does not know it. */
    public Optional<List<DataObject>> information(LocalInformation wanted) {
        return switch (wanted) {
            case LOCATION_INFORMATION ->
                Optional.of(List.<DataObject>of(location)).filter(l -> service != NO_SERVICE);
            case DATE_TIME_AND_TIME_ZONE -> Optional.of(List.of(DateTimeAndTimeZone.of(clock.now())));
            default -> Optional.ofNullable(local.get(wanted));
        };
    }

    /** What PROVIDE LOCAL INFORMATION tells from now on; no event belongs to it. */
    public void provide(LocalInformation information, DataObject... objects) {
        local.put(information, List.of(objects));
    }

    public LocationInformation location() {
        return location;
    }

    /** {@link #NORMAL_SERVICE}, {@link #LIMITED_SERVICE} or {@link #NO_SERVICE}. */
    public int service() {
        return service;
    }

    public boolean inCall() {
        return inCall;
    }

    public boolean screenBusy() {
        return screenBusy;
    }

    /** The screen shows something that a text of normal priority must not cover, or goes back to the idle screen. */
    public void screenBusy(boolean busy) {
        boolean becomesIdle = screenBusy && !busy;
        screenBusy = busy;
        if (becomesIdle) {
            idleScreenAvailable();
        }
    }

    /** The ME has camped on another cell: location status, clause 7.5.4. */
    public void moveTo(String plmn, int areaCode, int cellIdentity) {
        location = LocationInformation.of(plmn, areaCode, cellIdentity);
        service(NORMAL_SERVICE);
    }

    /** The ME has the service of the code given: location status, clause 7.5.4. */
    public void service(int status) {
        service = status;
        List<DataObject> objects = new ArrayList<>(List.of(new LocationStatus(status)));
        if (status == NORMAL_SERVICE) {
            objects.add(location);
        }
        raise(Event.LOCATION_STATUS, TERMINAL_TO_UICC, objects.toArray(new DataObject[0]));
    }

    /**
     * A call comes in: MT call, clause 7.5.1.
     *
     * @param transaction identifier 0 to 7
     * @param caller digits, or empty when the network does not tell
     */
    public void incomingCall(int transaction, Optional<String> caller) {
        mobileOriginated = false;
        List<DataObject> objects = new ArrayList<>(List.of(transaction(transaction, true)));
        caller.map(Address::of).ifPresent(objects::add);
        raise(Event.MT_CALL, NETWORK_TO_UICC, objects.toArray(new DataObject[0]));
    }

    /** The user answers the call that came in: call connected, clause 7.5.2. */
    public void callAnswered(int transaction) {
        inCall = true;
        raise(Event.CALL_CONNECTED, TERMINAL_TO_UICC, transaction(transaction, false));
    }

    /** The other side answers a call of this ME: call connected, clause 7.5.2. */
    public void callConnected(int transaction) {
        inCall = true;
        mobileOriginated = true;
        raise(Event.CALL_CONNECTED, NETWORK_TO_UICC, transaction(transaction, true));
    }

    /**
     * The call is over: call disconnected, clause 7.5.3.
     *
     * @param byNetwork whether it was the network's side that ended it
     * @param cause value of the Cause object as in 3GPP TS 24.008 clause 10.5.4.11 without identifier and length, empty
     *     after a radio link time-out; absent when there is none
     */
    public void callDisconnected(int transaction, boolean byNetwork, Optional<ByteString> cause) {
        inCall = false;
        List<DataObject> objects = new ArrayList<>(List.of(transaction(transaction, byNetwork)));
        cause.ifPresent(c -> objects.add(new PlainObject(DataObjectType.CAUSE, c)));
        DeviceIdentities devices = byNetwork ? NETWORK_TO_UICC : TERMINAL_TO_UICC;
        raise(Event.CALL_DISCONNECTED, devices, objects.toArray(new DataObject[0]));
    }

    /** The user has done something: user activity, clause 7.5.5. */
    public void userActivity() {
        raise(Event.USER_ACTIVITY, TERMINAL_TO_UICC);
    }

    /** The screen is idle again: idle screen available, clause 7.5.6. */
    public void idleScreenAvailable() {
        raise(Event.IDLE_SCREEN_AVAILABLE, DeviceIdentities.of(Device.DISPLAY, Device.UICC));
    }

    /** A reader or its card came or went: card reader status, clause 7.5.7. */
    public void cardReaderChanged(CardReaderStatus status) {
        raise(Event.CARD_READER_STATUS, TERMINAL_TO_UICC, status);
    }

    /** The user has chosen a language of ISO 639: language selection, clause 7.5.8. */
    public void languageSelected(String language) {
        change(LocalInformation.LANGUAGE_SETTING, Event.LANGUAGE_SELECTION, Language.of(language));
    }

    /** The browser is closed, by the user or by an error: browser termination, clause 7.5.9. */
    public void browserTerminated(boolean byError) {
        browserClosed.run();
        PlainObject cause = plain(DataObjectType.BROWSER_TERMINATION_CAUSE, byError ? 1 : 0);
        raise(Event.BROWSER_TERMINATION, TERMINAL_TO_UICC, cause);
    }

    /** The ME uses another access technology: clause 7.5.12. */
    public void accessTechnology(Technology technology) {
        change(LocalInformation.ACCESS_TECHNOLOGY, Event.ACCESS_TECHNOLOGY_CHANGE, AccessTechnology.of(technology));
    }

    /** The user has changed how networks are searched: clause 7.5.15. */
    public void networkSearchMode(boolean manual) {
        change(LocalInformation.SEARCH_MODE, Event.NETWORK_SEARCH_MODE_CHANGE, searchMode(manual));
    }

    /** The frames of the screen have changed: clause 7.5.17. The value is that of Frames Information, clause 8.79. */
    public void frames(ByteString information) {
        frames = Optional.of(new PlainObject(DataObjectType.FRAMES_INFORMATION, information));
        raise(Event.FRAMES_INFORMATION_CHANGE, TERMINAL_TO_UICC, frames.get());
    }

    /** Frames Information as it was set; empty when the screen has no frames. */
    public Optional<PlainObject> frames() {
        return frames;
    }

    /**
     * Where the ME is, in degrees, north and east positive.
     *
     * @throws IllegalArgumentException when that is nowhere on earth
     */
    public void position(double latitude, double longitude) {
        if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) {
            throw new IllegalArgumentException("position " + latitude + ", " + longitude);
        }
        int north = (int) Math.min(MAX_LATITUDE, Math.floor(Math.abs(latitude) / 90 * (1 << 23)));
        int east = (int) Math.min(MAX_LATITUDE, Math.floor(longitude / 360 * (1 << 24)));
        int signed = latitude < 0 ? SOUTH | north : north;
        position = plain(
                DataObjectType.GAD_SHAPES,
                ELLIPSOID_POINT,
                signed >> 16,
                signed >> 8 & 0xFF,
                signed & 0xFF,
                east >> 16 & 0xFF,
                east >> 8 & 0xFF,
                east & 0xFF);
    }

    /** The position as an ellipsoid point. 3GPP TS 23.032 clauses 6.1 and 7.3.1. */
    PlainObject position() {
        return position;
    }

    /** Any event, with the device that it comes from and its objects in the order of its clause. */
    public void raise(Event event, DeviceIdentities devices, DataObject... objects) {
        events.event(event, () -> Optional.of(EventDownload.of(event, devices, objects)));
    }

    /** Any event, ready as it is. */
    public void raise(EventDownload event) {
        Event kind = event.event().orElseThrow(() -> new IllegalArgumentException("unknown event: " + event));
        events.event(kind, () -> Optional.of(event));
    }

    private void change(LocalInformation information, Event event, DataObject now) {
        if (!List.of(now).equals(local.put(information, List.of(now)))) {
            raise(event, TERMINAL_TO_UICC, now);
        }
    }

    private static PlainObject searchMode(boolean manual) {
        return plain(DataObjectType.NETWORK_SEARCH_MODE, manual ? 0 : 1);
    }

    /** The flag says whether the message went to the side that began the call. */
    private PlainObject transaction(int identifier, boolean byNetwork) {
        int flag = byNetwork == mobileOriginated ? TO_ORIGINATOR : 0;
        return plain(DataObjectType.TRANSACTION_IDENTIFIER, flag | identifier << 4);
    }

    private static PlainObject plain(DataObjectType type, int... value) {
        return new PlainObject(type, ByteString.of(value));
    }
}
