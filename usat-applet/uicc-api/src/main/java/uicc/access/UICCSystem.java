// SPDX-License-Identifier: Apache-2.0
package uicc.access;

import java.util.Objects;
import javacard.framework.AID;
import javacard.framework.SystemException;
import org.bipline.uicc.spi.ToolkitRuntime;

/**
 * Gives access to the files of the card. Each call makes a new view, so call it while the applet is installed and keep
 * the view in a field.
 */
public class UICCSystem {
    private UICCSystem() {}

    /**
     * Makes a view of the files below the MF, with the MF as current file. Files of ADFs are out of its reach.
     *
     * @param event when the view forgets its selection: {@code JCSystem.CLEAR_ON_RESET}, {@code
     *     JCSystem.CLEAR_ON_DESELECT} or {@code JCSystem.NOT_A_TRANSIENT_OBJECT}
     * @return the view, or null before {@code Applet.register()}
     * @throws SystemException ILLEGAL_VALUE for another event; NO_TRANSIENT_SPACE; ILLEGAL_TRANSIENT for
     *     CLEAR_ON_DESELECT while the applet is not the selected one
     */
    public static FileView getTheUICCView(byte event) throws SystemException {
        return ToolkitRuntime.get().getUiccView(event);
    }

    /**
     * Makes a view of the files of one ADF, with the ADF as current file. Files outside are out of its reach.
     *
     * @param aid AID of the application, for instance of the USIM
     * @param event as in {@link #getTheUICCView}
     * @return the view, or null before {@code Applet.register()} and where there is no such ADF
     * @throws NullPointerException if {@code aid} is null
     * @throws SystemException ILLEGAL_VALUE for another event; NO_TRANSIENT_SPACE; ILLEGAL_TRANSIENT for
     *     CLEAR_ON_DESELECT while the applet is not the selected one
     */
    public static FileView getTheFileView(AID aid, byte event) throws NullPointerException, SystemException {
        return ToolkitRuntime.get().getFileView(Objects.requireNonNull(aid), event);
    }

    /**
     * Makes a view of the files of one ADF, with the ADF as current file. Files outside are out of its reach.
     *
     * @param buffer holds the AID of the application
     * @param offset where it begins in {@code buffer}
     * @param length number of bytes, 5 to 16
     * @param event as in {@link #getTheUICCView}
     * @return the view, or null before {@code Applet.register()} and where there is no such ADF
     * @throws NullPointerException if {@code buffer} is null
     * @throws ArrayIndexOutOfBoundsException if {@code offset} or {@code length} is negative or the range ends beyond
     *     {@code buffer}
     * @throws SystemException ILLEGAL_VALUE for another event or length; NO_TRANSIENT_SPACE; ILLEGAL_TRANSIENT for
     *     CLEAR_ON_DESELECT while the applet is not the selected one
     */
    public static FileView getTheFileView(byte[] buffer, short offset, byte length, byte event)
            throws NullPointerException, ArrayIndexOutOfBoundsException, SystemException {
        return ToolkitRuntime.get().getFileView(new AID(buffer, offset, length), event);
    }
}
