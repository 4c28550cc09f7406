// SPDX-License-Identifier: Apache-2.0
package org.bipline.me.dm;

/**
 * Values of the node State. FUMO 1.0, firmware update management object parameters.
 *
 * <pre>
 * IDLE -- Exec Download -----------&gt; DOWNLOAD_PROGRESSING --&gt; DOWNLOAD_FAILED
 *                                          |--&gt; DOWNLOAD_COMPLETE --&gt; READY_TO_UPDATE
 *                                          '--&gt; DOWNLOAD_COMPLETE --&gt; UPDATE_PROGRESSING, where it is DownloadAndUpdate
 * IDLE -- Replace PkgData ---------&gt; READY_TO_UPDATE
 * READY_TO_UPDATE -- Exec Update --&gt; UPDATE_PROGRESSING --&gt; UPDATE_FAILED_*, UPDATE_SUCCESSFUL_*
 * </pre>
 *
 * <p>From every state at which an operation ends, the next may begin; Update needs a package.
 */
public enum FumoState {
    IDLE(10),
    DOWNLOAD_FAILED(20),
    DOWNLOAD_PROGRESSING(30),
    DOWNLOAD_COMPLETE(40),
    READY_TO_UPDATE(50),
    UPDATE_PROGRESSING(60),
    UPDATE_FAILED_HAVE_DATA(70),
    UPDATE_FAILED_NO_DATA(80),
    UPDATE_SUCCESSFUL_HAVE_DATA(90),
    UPDATE_SUCCESSFUL_NO_DATA(100);

    private final int code;

    FumoState(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
