// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.syncml;

/** A challenge: the Meta says which type of credentials is wanted, and the nonce for it. */
public record Chal(Meta meta) {}
