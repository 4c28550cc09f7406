// SPDX-License-Identifier: Apache-2.0
package uicc.usim.suci;

import javacard.framework.Shareable;

/** An applet that computes the subscription concealed identifier for a USIM, in place of the USIM's own computation. */
public interface SUCICalculator extends Shareable {
    /**
     * Writes the concealed identifier, as the answer to GET IDENTITY carries it: a data object with tag A1.
     *
     * @param dstBuffer takes the identifier
     * @param dstOffset where it goes in {@code dstBuffer}
     * @param dstLength number of bytes that fit
     * @return number of bytes written
     */
    short getSUCI(byte[] dstBuffer, short dstOffset, short dstLength);
}
