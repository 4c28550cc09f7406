// SPDX-License-Identifier: Apache-2.0
/** The project's benchmarks, on JMH; {@code ./bipline bench} runs them. */
package org.bipline.test.bench;
