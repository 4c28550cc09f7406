// SPDX-License-Identifier: Apache-2.0
/** Whatever is cut, and whenever: card, ME and server come to agree, and nothing is done twice. specs/technical-specification.md clause 1. */
package org.bipline.test.integrity;
