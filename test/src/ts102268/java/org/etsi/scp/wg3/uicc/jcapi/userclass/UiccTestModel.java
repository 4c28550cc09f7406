// SPDX-License-Identifier: Apache-2.0
package org.etsi.scp.wg3.uicc.jcapi.userclass;

import org.bipline.test.ts102268.SuiteCard;
import org.etsi.scp.wg3.uicc.jcapi.userinterface.UiccResultsService;

/** What all drivers extend: a script, and the results of its checks. */
public abstract class UiccTestModel implements UiccResultsService {
    private boolean anyResult;
    private boolean anyFailure;

    public abstract boolean run();

    @Override
    public void initialiseResults() {
        anyResult = false;
        anyFailure = false;
    }

    @Override
    public void addResult(boolean result) {
        anyResult = true;
        if (!result) {
            anyFailure = true;
            SuiteCard.current().note("a check of the driver failed");
        }
    }

    @Override
    public boolean getOverallResult() {
        return anyResult && !anyFailure;
    }
}
