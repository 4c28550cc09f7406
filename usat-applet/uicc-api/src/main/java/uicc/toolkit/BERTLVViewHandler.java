// SPDX-License-Identifier: Apache-2.0
package uicc.toolkit;

public interface BERTLVViewHandler extends ViewHandler {
    byte getTag();

    short getSize();
}
