// SPDX-License-Identifier: Apache-2.0
/** Tests of the file system and of the descriptions of cards. */
package org.bipline.uicc.runtime.file;
