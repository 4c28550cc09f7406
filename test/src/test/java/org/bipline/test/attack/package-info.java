// SPDX-License-Identifier: Apache-2.0
/** Attacks from all sides, which fail, and which succeed where the mechanism against them is switched off. */
package org.bipline.test.attack;
