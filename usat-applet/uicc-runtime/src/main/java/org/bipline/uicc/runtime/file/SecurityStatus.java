// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.file;

/** What an accessor of files has shown: the ME by verified PINs, an applet by the access domain of its installation. */
interface SecurityStatus {
    /** Whether condition ALWAYS lets this one in. For the ME it does; not for an applet without access. */
    boolean opensAlways();

    /** Whether the condition on a key is met. */
    boolean isVerified(int keyReference);
}
