// SPDX-License-Identifier: Apache-2.0
/** Management trees as documents: OMA DM Tree and Description Serialization (TNDS) 1.2.1. */
package org.bipline.dm.tnds;
