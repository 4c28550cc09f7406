// SPDX-License-Identifier: Apache-2.0
/** The command line {@code bipline}. */
package org.bipline.lab.cli;
