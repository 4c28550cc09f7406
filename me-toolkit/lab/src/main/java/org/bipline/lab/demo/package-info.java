// SPDX-License-Identifier: Apache-2.0
/** The demonstration: gateway, DM server, ME and card in one process over loopback sockets. */
package org.bipline.lab.demo;
