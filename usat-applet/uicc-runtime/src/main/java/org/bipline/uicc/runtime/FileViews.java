// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime;

import java.util.function.BooleanSupplier;
import javacard.framework.AID;
import javacard.framework.JCSystem;
import org.bipline.uicc.runtime.file.CardAdminFileView;
import org.bipline.uicc.runtime.file.CardFileView;
import org.bipline.uicc.runtime.file.Df;
import org.bipline.uicc.runtime.file.FileSystem;
import org.bipline.uicc.runtime.vm.CardRuntime;

/** The file views that the running applet asks for, with the access that its installation gave it. */
final class FileViews {
    private final CardRuntime card;
    private final FileSystem files;
    private final Applications applications;

    FileViews(CardRuntime card, FileSystem files, Applications applications) {
        this.card = card;
        this.files = files;
        this.applications = applications;
    }

    /** A view of the files for the running applet; null where there is no such application, or the applet is not registered yet. */
    CardFileView view(AID adfAid, byte event) {
        Df adf = adf(adfAid);
        return isOutOfReach(adfAid, adf)
                ? null
                : new CardFileView(files, adf, access().files().rights(adf), context(event), accessible(event));
    }

    /** As {@link #view}, for the administration of files. */
    CardAdminFileView adminView(AID adfAid, byte event) {
        Df adf = adf(adfAid);
        return isOutOfReach(adfAid, adf)
                ? null
                : new CardAdminFileView(
                        files, adf, access().administration().rights(adf), context(event), accessible(event));
    }

    private AccessDomains access() {
        return applications.access(card.getAID());
    }

    private boolean isOutOfReach(AID adfAid, Df adf) {
        return card.getAID() == null || card.applet(card.getAID()) == null || (adfAid != null && adf == null);
    }

    /** What tells a view that its selection was cleared, as transient memory is. */
    private static byte[] context(byte event) {
        if (event == JCSystem.NOT_A_TRANSIENT_OBJECT) {
            return new byte[0];
        }
        return JCSystem.makeTransientByteArray((short) 1, event);
    }

    private BooleanSupplier accessible(byte event) {
        return event == JCSystem.CLEAR_ON_DESELECT ? card::isSelectedRunning : () -> true;
    }

    private Df adf(AID adfAid) {
        if (adfAid == null) {
            return null;
        }
        byte[] aid = new byte[16];
        int length = adfAid.getBytes(aid, (short) 0);
        return files.application(aid, 0, length);
    }
}
