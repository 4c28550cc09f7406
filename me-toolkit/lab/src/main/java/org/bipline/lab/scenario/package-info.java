// SPDX-License-Identifier: Apache-2.0
/** Scenarios of a test lab: read from files, run against cards and MEs, judged. */
package org.bipline.lab.scenario;
