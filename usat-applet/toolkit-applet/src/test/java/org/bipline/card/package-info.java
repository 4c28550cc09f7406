// SPDX-License-Identifier: Apache-2.0
/** Checks of the compiled card classes: what a Java Card virtual machine lacks, and conversion into CAP files. */
package org.bipline.card;
