// SPDX-License-Identifier: Apache-2.0
package uicc.toolkit;

import javacard.framework.Shareable;

/**
 * What an applet implements to be triggered by the toolkit framework. The framework asks the applet for it by {@code
 * getShareableInterfaceObject} with null as client AID, once, after installation.
 */
public interface ToolkitInterface extends Shareable {
    /**
     * Handles one event. Called while another applet may be selected: memory that is cleared on deselect is out of
     * reach. What the method throws is swallowed, except for an {@code ISOException}, whose status word may go to the
     * ME.
     *
     * @param event {@code ToolkitConstants.EVENT_...}, one that the applet is registered for
     * @throws ToolkitException of the framework's methods, where the applet does not catch it
     */
    void processToolkit(short event) throws ToolkitException;
}
