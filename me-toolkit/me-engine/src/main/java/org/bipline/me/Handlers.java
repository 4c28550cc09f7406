// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import java.time.Duration;
import org.bipline.cat.command.CloseChannel;
import org.bipline.cat.command.DisplayText;
import org.bipline.cat.command.GetChannelStatus;
import org.bipline.cat.command.MoreTime;
import org.bipline.cat.command.OpenChannel;
import org.bipline.cat.command.PollInterval;
import org.bipline.cat.command.PollingOff;
import org.bipline.cat.command.ProactiveCommand;
import org.bipline.cat.command.ProvideLocalInformation;
import org.bipline.cat.command.ReceiveData;
import org.bipline.cat.command.SendData;
import org.bipline.cat.command.SetUpEventList;
import org.bipline.cat.command.SetUpMenu;
import org.bipline.cat.command.TimerManagement;
import org.bipline.cat.command.UnknownCommand;
import org.bipline.cat.object.AccessTechnology;
import org.bipline.cat.object.DataObject;
import org.bipline.cat.object.DateTimeAndTimeZone;
import org.bipline.cat.object.GeneralResult;
import org.bipline.cat.object.Imei;
import org.bipline.cat.object.Imeisv;
import org.bipline.cat.object.Language;
import org.bipline.cat.object.LocalInformation;
import org.bipline.cat.object.LocationInformation;
import org.bipline.cat.object.Result;
import org.bipline.cat.profile.Facility;

/** The handlers that an ME has of its own. */
final class Handlers {
    private Handlers() {}

    static Answer handle(ProactiveCommand command, MeState me) {
        return switch (command) {
            case MoreTime c -> ifIn(me, Facility.MORE_TIME, Answer.performed());
            case PollInterval c -> pollInterval(c, me);
            case PollingOff c -> pollingOff(me);
            case SetUpEventList c -> setUpEventList(c, me);
            case SetUpMenu c -> setUpMenu(c, me);
            case DisplayText c -> displayText(c, me);
            case ProvideLocalInformation c -> provideLocalInformation(c, me);
            case TimerManagement c -> timerManagement(c, me);
            case OpenChannel c -> me.profile().supports(Facility.OPEN_CHANNEL) ? me.channels.open(c) : beyond(c);
            case CloseChannel c -> me.profile().supports(Facility.CLOSE_CHANNEL) ? me.channels.close(c) : beyond(c);
            case SendData c -> me.profile().supports(Facility.SEND_DATA) ? me.channels.send(c) : beyond(c);
            case ReceiveData c -> me.profile().supports(Facility.RECEIVE_DATA) ? me.channels.receive(c) : beyond(c);
            case GetChannelStatus c ->
                me.profile().supports(Facility.GET_CHANNEL_STATUS) ? me.channels.status() : beyond(c);
            case UnknownCommand c -> unknown(c);
            default -> beyond(command);
        };
    }

    private static Answer beyond(ProactiveCommand command) {
        return Answer.beyondCapabilities(command.name() + " is not in the terminal profile");
    }

    private static Answer ifIn(MeState me, Facility facility, Answer answer) {
        return me.profile().supports(facility)
                ? answer
                : Answer.beyondCapabilities(facility.text() + " is not in the terminal profile");
    }

    /** A type that the standard knows is beyond the ME, another one is not understood. */
    private static Answer unknown(UnknownCommand command) {
        if (command.details().command().isPresent()) {
            return beyond(command);
        }
        return Answer.refused(
                Result.of(GeneralResult.TYPE_NOT_UNDERSTOOD),
                "Command details: type of command "
                        + Integer.toHexString(command.details().typeOfCommand()) + " is unknown",
                "ETSI TS 102 223 clause 9.4");
    }

    private static Answer pollInterval(PollInterval command, MeState me) {
        if (!me.profile().supports(Facility.POLL_INTERVAL)) {
            return beyond(command);
        }
        Duration wanted =
                command.interval().timeUnit() <= 2 ? command.interval().toTime() : Duration.ZERO;
        if (wanted.isZero()) {
            return Answer.refused(
                    Result.of(GeneralResult.DATA_NOT_UNDERSTOOD),
                    "Duration: unit or interval is reserved",
                    command.interval().type().clause());
        }
        // Less than a second is no interval for a STATUS command: the ME takes the nearest that it supports
        int seconds = Math.toIntExact(Math.max(1, wanted.toSeconds()));
        me.polling.start(Duration.ofSeconds(seconds));
        boolean asWanted = wanted.equals(Duration.ofSeconds(seconds));
        return Answer.performed(asWanted ? command.interval() : org.bipline.cat.object.Duration.ofSeconds(seconds));
    }

    private static Answer pollingOff(MeState me) {
        if (me.profile().supports(Facility.POLLING_OFF)) {
            me.polling.stop();
        }
        return ifIn(me, Facility.POLLING_OFF, Answer.performed());
    }

    private static Answer setUpEventList(SetUpEventList command, MeState me) {
        if (!me.profile().supports(Facility.SET_UP_EVENT_LIST)) {
            return beyond(command);
        }
        me.setEventList(command.eventList());
        return Answer.performed();
    }

    private static Answer setUpMenu(SetUpMenu command, MeState me) {
        if (!me.profile().supports(Facility.SET_UP_MENU)) {
            return beyond(command);
        }
        me.setMenu(command);
        return Answer.performed();
    }

    private static Answer displayText(DisplayText command, MeState me) {
        if (!me.profile().supports(Facility.DISPLAY_TEXT)) {
            return beyond(command);
        }
        UserModel.Reaction reaction = me.user().textDisplayed(command);
        if (command.immediateResponse()) {
            return Answer.performed(); // whatever the user does comes after the response
        }
        return switch (reaction) {
            case READS -> Answer.performed();
            case ENDS_SESSION -> Answer.of(GeneralResult.SESSION_TERMINATED_BY_USER);
            case GOES_BACK -> Answer.of(GeneralResult.BACKWARD_MOVE_REQUESTED_BY_USER);
            // A text that waits for nobody is gone after a while, and that is success
            case IGNORES -> command.waitForUser() ? Answer.of(GeneralResult.NO_RESPONSE_FROM_USER) : Answer.performed();
        };
    }

    private static Answer timerManagement(TimerManagement command, MeState me) {
        Facility facility = command.action() == TimerManagement.GET_CURRENT_VALUE
                ? Facility.TIMER_MANAGEMENT_GET_CURRENT_VALUE
                : Facility.TIMER_MANAGEMENT_START_STOP;
        return me.profile().supports(facility) ? me.timers.manage(command) : beyond(command);
    }

    private static Answer provideLocalInformation(ProvideLocalInformation command, MeState me) {
        MeProfile profile = me.profile();
        LocalInformation wanted = command.information().orElse(null);
        if (wanted == null) {
            return Answer.beyondCapabilities("qualifier of PROVIDE LOCAL INFORMATION is unknown");
        }
        return switch (wanted) {
            case LOCATION_INFORMATION ->
                local(
                        me,
                        Facility.PROVIDE_LOCAL_INFORMATION,
                        LocationInformation.of(profile.plmn(), profile.areaCode(), profile.cellIdentity()));
            case IMEI -> local(me, Facility.PROVIDE_LOCAL_INFORMATION, Imei.of(profile.imei()));
            case IMEISV -> local(me, Facility.PROVIDE_LOCAL_INFORMATION_IMEISV, Imeisv.of(profile.imeisv()));
            case DATE_TIME_AND_TIME_ZONE ->
                local(
                        me,
                        Facility.PROVIDE_LOCAL_INFORMATION_DATE_TIME_ZONE,
                        DateTimeAndTimeZone.of(me.clock().now()));
            case LANGUAGE_SETTING ->
                local(me, Facility.PROVIDE_LOCAL_INFORMATION_LANGUAGE, Language.of(profile.language()));
            case ACCESS_TECHNOLOGY ->
                local(
                        me,
                        Facility.PROVIDE_LOCAL_INFORMATION_ACCESS_TECHNOLOGY,
                        AccessTechnology.of(profile.accessTechnology()));
            default -> Answer.beyondCapabilities("local information " + wanted.text() + " is not in the profile");
        };
    }

    private static Answer local(MeState me, Facility facility, DataObject information) {
        return ifIn(me, facility, Answer.performed(information));
    }
}
