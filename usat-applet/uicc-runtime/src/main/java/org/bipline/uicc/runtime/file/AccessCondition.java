// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.file;

import java.util.List;

/** A security condition, ETSI TS 102 221 clause 9.2.3. */
sealed interface AccessCondition {
    Simple ALWAYS = Simple.ALWAYS;
    Simple NEVER = Simple.NEVER;

    boolean isSatisfied(SecurityStatus status);

    enum Simple implements AccessCondition {
        ALWAYS,
        NEVER;

        @Override
        public boolean isSatisfied(SecurityStatus status) {
            return this == ALWAYS && status.opensAlways();
        }
    }

    /** A PIN or an administrative key, by its key reference. */
    record Key(int reference) implements AccessCondition {
        @Override
        public boolean isSatisfied(SecurityStatus status) {
            return status.isVerified(reference);
        }
    }

    record All(List<AccessCondition> parts) implements AccessCondition {
        @Override
        public boolean isSatisfied(SecurityStatus status) {
            return parts.stream().allMatch(part -> part.isSatisfied(status));
        }
    }

    record Any(List<AccessCondition> parts) implements AccessCondition {
        @Override
        public boolean isSatisfied(SecurityStatus status) {
            return parts.stream().anyMatch(part -> part.isSatisfied(status));
        }
    }

    record Not(AccessCondition part) implements AccessCondition {
        @Override
        public boolean isSatisfied(SecurityStatus status) {
            return !part.isSatisfied(status);
        }
    }
}
