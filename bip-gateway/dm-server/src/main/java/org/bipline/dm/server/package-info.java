// SPDX-License-Identifier: Apache-2.0
/** A DM server of OMA Device Management 1.2: management sessions, jobs and their store, without a transport. */
package org.bipline.dm.server;
