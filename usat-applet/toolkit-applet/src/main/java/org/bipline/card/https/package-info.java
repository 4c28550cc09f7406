// SPDX-License-Identifier: Apache-2.0
/** HTTP/1.1 client and server, and a TLS 1.2 client with pre-shared keys, for toolkit applets over a byte stream. RFC 9110, 9112, 5246, 4279, 5487. */
package org.bipline.card.https;
