// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

/**
 * The way from the ME to one UICC: in process, a PC/SC reader, a virtual reader.
 *
 * <p>Used by one thread at a time. Command and response APDUs are whole, the status word included; the link never
 * fetches on its own: {@code 61xx}, {@code 6Cxx} and {@code 91xx} reach the caller as the card sent them.
 */
public interface CardLink extends AutoCloseable {
    /**
     * Powers the card up, or resets it when it is up, and returns its answer to reset (ETSI TS 102 221 clause 6.3).
     *
     * @throws CardLinkException when no card answers
     */
    byte[] reset() throws CardLinkException;

    /**
     * Sends one command APDU and returns the response APDU: data, if any, then two bytes of status word.
     *
     * @throws CardLinkException when the card is gone or mute
     */
    byte[] transmit(byte[] command) throws CardLinkException;

    /** Powers the card down. Closing twice is harmless. */
    @Override
    void close();
}
