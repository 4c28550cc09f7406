// SPDX-License-Identifier: Apache-2.0
/** Conformance of card and server with OMA DM 1.2, by raw peers; the items stand in the technical specification, clause "Conformance". */
package org.bipline.test.conformance;
