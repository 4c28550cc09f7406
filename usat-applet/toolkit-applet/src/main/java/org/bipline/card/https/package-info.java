// SPDX-License-Identifier: Apache-2.0
/** HTTP/1.1 client and server for toolkit applets over a byte stream. RFC 9110, RFC 9112. */
package org.bipline.card.https;
