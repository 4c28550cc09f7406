// SPDX-License-Identifier: Apache-2.0
/** The test lab: what people and continuous integration touch. */
package org.bipline.lab;
