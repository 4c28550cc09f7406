// SPDX-License-Identifier: Apache-2.0
/** OMA Device Management 1.2: what its protocol, its trees and its notifications have in common. */
package org.bipline.dm;
