// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.command;

import static org.bipline.cat.command.Row.optional;
import static org.bipline.cat.command.Row.required;
import static org.bipline.cat.object.DataObjectType.ALPHA_IDENTIFIER;
import static org.bipline.cat.object.DataObjectType.BEARER;
import static org.bipline.cat.object.DataObjectType.BROWSER_IDENTITY;
import static org.bipline.cat.object.DataObjectType.FRAME_IDENTIFIER;
import static org.bipline.cat.object.DataObjectType.ICON_IDENTIFIER;
import static org.bipline.cat.object.DataObjectType.NETWORK_ACCESS_NAME;
import static org.bipline.cat.object.DataObjectType.PROVISIONING_FILE_REFERENCE;
import static org.bipline.cat.object.DataObjectType.TEXT_ATTRIBUTE;
import static org.bipline.cat.object.DataObjectType.TEXT_STRING;
import static org.bipline.cat.object.DataObjectType.URL;
import static org.bipline.cat.object.TypeOfCommand.LAUNCH_BROWSER;

import java.util.Optional;
import org.bipline.cat.object.AlphaIdentifier;
import org.bipline.cat.object.CommandDetails;
import org.bipline.cat.object.DataObject;
import org.bipline.cat.object.IconIdentifier;
import org.bipline.cat.object.NetworkAccessName;
import org.bipline.cat.object.Pdu;
import org.bipline.cat.object.Url;

/** LAUNCH BROWSER. ETSI TS 102 223 clause 6.6.26. */
public record LaunchBrowser(Pdu pdu) implements ProactiveCommand {
    static final CommandTable TABLE = CommandTable.of(
            LAUNCH_BROWSER,
            "6.6.26",
            LaunchBrowser::new,
            optional(BROWSER_IDENTITY),
            required(URL),
            optional(BEARER),
            optional(PROVISIONING_FILE_REFERENCE).repeated(),
            // gateway or proxy identity, user login, user password: with two of them the second may be a login
            optional(TEXT_STRING).times(3).secretFrom(2),
            optional(ALPHA_IDENTIFIER),
            optional(ICON_IDENTIFIER),
            optional(TEXT_ATTRIBUTE),
            optional(FRAME_IDENTIFIER),
            optional(NETWORK_ACCESS_NAME));

    public LaunchBrowser {
        ProactiveCommand.check(pdu, TABLE);
    }

    public Url url() {
        return pdu.required(Url.class);
    }

    public Optional<AlphaIdentifier> alphaIdentifier() {
        return pdu.first(AlphaIdentifier.class);
    }

    public Optional<IconIdentifier> iconIdentifier() {
        return pdu.first(IconIdentifier.class);
    }

    public Optional<DataObject> browserIdentity() {
        return pdu.first(BROWSER_IDENTITY);
    }

    public Optional<DataObject> bearer() {
        return pdu.first(BEARER);
    }

    public Optional<NetworkAccessName> networkAccessName() {
        return pdu.first(NetworkAccessName.class);
    }

    /** Without the objects: a user password is among them. */
    @Override
    public String toString() {
        return "LaunchBrowser[" + pdu.first(CommandDetails.class).orElse(null) + "]";
    }
}
