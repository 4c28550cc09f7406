// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab;

import java.security.SecureRandom;
import java.security.SecureRandomSpi;
import java.util.random.RandomGenerator;

/** Chance that was passed in, in the form that TLS takes. */
public final class Chance {
    private Chance() {}

    /** What {@code random} gives; only a seeded one is wrapped, and is good for simulations and tests only. */
    public static SecureRandom of(RandomGenerator random) {
        return random instanceof SecureRandom secure ? secure : new Given(new Generator(random));
    }

    private static final class Given extends SecureRandom {
        private static final long serialVersionUID = 1;

        Given(SecureRandomSpi spi) {
            super(spi, null);
        }
    }

    private static final class Generator extends SecureRandomSpi {
        private static final long serialVersionUID = 1;

        private final transient RandomGenerator random;

        Generator(RandomGenerator random) {
            this.random = random;
        }

        @Override
        protected void engineSetSeed(byte[] seed) {
            // it has its seed
        }

        @Override
        protected synchronized void engineNextBytes(byte[] bytes) {
            random.nextBytes(bytes);
        }

        @Override
        protected byte[] engineGenerateSeed(int size) {
            byte[] seed = new byte[size];
            engineNextBytes(seed);
            return seed;
        }
    }
}
