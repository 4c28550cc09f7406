// SPDX-License-Identifier: Apache-2.0
package uicc.usim.suci;

import javacard.framework.Shareable;

public interface SUCICalculator extends Shareable {
    short getSUCI(byte[] dstBuffer, short dstOffset, short dstLength);
}
