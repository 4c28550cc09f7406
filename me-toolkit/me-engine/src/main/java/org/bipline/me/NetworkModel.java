// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import org.bipline.cat.command.GetServiceInformation;
import org.bipline.cat.command.ProactiveCommand;
import org.bipline.cat.command.RunAtCommand;
import org.bipline.cat.command.SendUssd;
import org.bipline.cat.command.ServiceSearch;
import org.bipline.cat.object.AtResponse;
import org.bipline.cat.object.BipError;
import org.bipline.cat.object.TextString;

/**
 * What lies behind the ME and answers calls, short messages, supplementary services, USSD, DTMF, multimedia messages, the
 * browser, AT commands and local services. Channels have their {@link Bearer} instead. Called by the ME's own thread.
 */
@FunctionalInterface
public interface NetworkModel {
    /** A network that does all that it is asked to, and near which there is no device with a local service. */
    NetworkModel WORKING = NetworkModel::works;

    /** The outcome of the command; it may come later. */
    Answer serve(ProactiveCommand command);

    private static Answer works(ProactiveCommand command) {
        if (command instanceof SendUssd) {
            return Answer.performed(TextString.of("OK"));
        }
        if (command instanceof RunAtCommand) {
            return Answer.performed(AtResponse.of("OK"));
        }
        if (command instanceof ServiceSearch || command instanceof GetServiceInformation) {
            return Answer.refused(BipError.REMOTE_DEVICE_NOT_REACHABLE, "no device is near");
        }
        return Answer.performed();
    }
}
