// SPDX-License-Identifier: Apache-2.0
package org.bipline.test.conformance;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The items of the conformance tables of OMA DM 1.2 that a test proves. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Conformance {
    /** Items such as {@code DMPRO-C-1}, of the table in the technical specification. */
    String[] value();
}
