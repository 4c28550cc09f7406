// SPDX-License-Identifier: Apache-2.0
/** The network side of the DM server: the HTTP binding of OMA Device Management 1.2 on Netty. */
package org.bipline.gateway;
