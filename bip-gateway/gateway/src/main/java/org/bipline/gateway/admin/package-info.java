// SPDX-License-Identifier: Apache-2.0
/** Administration of a running gateway by other programs: JSON over HTTP on loopback. */
package org.bipline.gateway.admin;
