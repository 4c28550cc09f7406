// SPDX-License-Identifier: Apache-2.0
/** The report of a run as one HTML file that needs nothing else. */
package org.bipline.lab.report;
