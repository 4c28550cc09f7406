// SPDX-License-Identifier: Apache-2.0
/** The CAT runtime environment: toolkit registry, triggering, handlers, system proactive commands (ETSI TS 102 241). */
package org.bipline.uicc.runtime.cat;
