// SPDX-License-Identifier: Apache-2.0
/** Handlers of the applet's own and shared scratch memory. ETSI TS 102 241, package version 1.0. */
package uicc.system;
