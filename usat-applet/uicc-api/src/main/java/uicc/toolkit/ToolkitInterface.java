// SPDX-License-Identifier: Apache-2.0
package uicc.toolkit;

import javacard.framework.Shareable;

public interface ToolkitInterface extends Shareable {
    void processToolkit(short event) throws ToolkitException;
}
