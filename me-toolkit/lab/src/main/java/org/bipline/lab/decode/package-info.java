// SPDX-License-Identifier: Apache-2.0
/** Decodes what travels on the path for people and programs. */
package org.bipline.lab.decode;
