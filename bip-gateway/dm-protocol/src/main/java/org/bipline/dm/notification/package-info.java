// SPDX-License-Identifier: Apache-2.0
/** The notification that makes a client open a session: OMA DM Notification Initiated Session 1.2.1. */
package org.bipline.dm.notification;
