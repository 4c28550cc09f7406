// SPDX-License-Identifier: Apache-2.0
package uicc.toolkit;

public interface BERTLVEditHandler extends EditHandler, BERTLVViewHandler {
    void setTag(byte tag);
}
