// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.AbstractList;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;

/** An immutable list over an array that is given away: {@link List#copyOf} would copy what decoding has just made. */
final class TlvList extends AbstractList<ComprehensionTlv> implements RandomAccess {
    private final ComprehensionTlv[] tlvs;

    TlvList(ComprehensionTlv[] tlvs) {
        this.tlvs = tlvs;
    }

    static TlvList of(List<ComprehensionTlv> list) {
        if (list instanceof TlvList tlvs) {
            return tlvs;
        }
        ComprehensionTlv[] copy = list.toArray(new ComprehensionTlv[0]);
        for (ComprehensionTlv tlv : copy) {
            Objects.requireNonNull(tlv);
        }
        return new TlvList(copy);
    }

    @Override
    public ComprehensionTlv get(int index) {
        return tlvs[index];
    }

    @Override
    public int size() {
        return tlvs.length;
    }
}
