// SPDX-License-Identifier: Apache-2.0
/** What the tests and the benchmarks of the whole path share: server, MEs and cards in one JVM. */
package org.bipline.test;
