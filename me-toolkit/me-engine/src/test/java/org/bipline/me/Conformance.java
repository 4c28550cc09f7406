// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names the test sequence of a published test specification that a test carries out. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Conformance {
    String spec();

    /** Clause and number of the sequence, for instance {@code 27.22.4.27.2/2.1}. */
    String sequence();
}
