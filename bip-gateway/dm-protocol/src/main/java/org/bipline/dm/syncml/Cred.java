// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.syncml;

/** Credentials: their type and format are in the Meta. Their content is a secret and not shown. */
public record Cred(Meta meta, String data) {
    @Override
    public String toString() {
        return "Cred[meta=" + meta + ", data=***]";
    }
}
