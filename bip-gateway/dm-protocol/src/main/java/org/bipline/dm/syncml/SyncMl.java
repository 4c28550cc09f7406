// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.syncml;

/** One message of the DM protocol: the root element SyncML. */
public record SyncMl(SyncHdr header, SyncBody body) {}
