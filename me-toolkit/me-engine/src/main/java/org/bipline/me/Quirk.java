// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

/**
 * Departures from the standard that MEs in the field show. An ME that announces what it refuses needs none of them: its
 * profile announces another terminal profile than it keeps. Smaller buffers are the largest buffer size of the profile.
 */
public enum Quirk {
    /** A bearer independent protocol error (3A) comes without its additional information. */
    BIP_ERROR_WITHOUT_CAUSE,
    /** REFRESH is answered as performed, and nothing is read anew or reset. */
    REFRESH_NOT_OBEYED,
    /** No ENVELOPE command reaches the card. */
    ENVELOPES_SWALLOWED,
    /** Commands for channels are answered 20 (busy on call) while a call goes on. */
    NO_CHANNELS_DURING_CALL
}
