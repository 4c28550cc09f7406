// SPDX-License-Identifier: Apache-2.0
package uicc.access.fileadministration;

import java.util.Objects;
import javacard.framework.AID;
import javacard.framework.SystemException;
import org.bipline.uicc.spi.ToolkitRuntime;

/**
 * Gives administrative access to the files of the card. Each call makes a new view, so call it while the applet is
 * installed and keep the view in a field.
 */
public class AdminFileViewBuilder {
    private AdminFileViewBuilder() {}

    /**
     * Makes a view of the files below the MF, with the MF as current file.
     *
     * @param event as in {@link uicc.access.UICCSystem#getTheUICCView}
     * @return the view, or null before {@code Applet.register()}
     * @throws SystemException ILLEGAL_VALUE for another event; NO_TRANSIENT_SPACE; ILLEGAL_TRANSIENT for
     *     CLEAR_ON_DESELECT while the applet is not the selected one
     */
    public static AdminFileView getTheUICCAdminFileView(byte event) throws SystemException {
        return ToolkitRuntime.get().getUiccAdminView(event);
    }

    /**
     * Makes a view of the files of one ADF, with the ADF as current file.
     *
     * @param aid AID of the application
     * @param event as in {@link uicc.access.UICCSystem#getTheUICCView}
     * @return the view, or null before {@code Applet.register()} and where there is no such ADF
     * @throws NullPointerException if {@code aid} is null
     * @throws SystemException ILLEGAL_VALUE for another event; NO_TRANSIENT_SPACE; ILLEGAL_TRANSIENT for
     *     CLEAR_ON_DESELECT while the applet is not the selected one
     */
    public static AdminFileView getTheAdminFileView(AID aid, byte event) throws NullPointerException, SystemException {
        return ToolkitRuntime.get().getAdminView(Objects.requireNonNull(aid), event);
    }

    /**
     * Makes a view of the files of one ADF, with the ADF as current file.
     *
     * @param buffer holds the AID of the application
     * @param offset where it begins in {@code buffer}
     * @param length number of bytes, 5 to 16
     * @param event as in {@link uicc.access.UICCSystem#getTheUICCView}
     * @return the view, or null before {@code Applet.register()} and where there is no such ADF
     * @throws NullPointerException if {@code buffer} is null
     * @throws ArrayIndexOutOfBoundsException if {@code offset} or {@code length} is negative or the range ends beyond
     *     {@code buffer}
     * @throws SystemException ILLEGAL_VALUE for another event or length; NO_TRANSIENT_SPACE; ILLEGAL_TRANSIENT for
     *     CLEAR_ON_DESELECT while the applet is not the selected one
     */
    public static AdminFileView getTheAdminFileView(byte[] buffer, short offset, byte length, byte event)
            throws NullPointerException, ArrayIndexOutOfBoundsException, SystemException {
        return ToolkitRuntime.get().getAdminView(new AID(buffer, offset, length), event);
    }
}
