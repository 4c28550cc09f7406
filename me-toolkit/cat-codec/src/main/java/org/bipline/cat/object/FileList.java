// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.Map;
import org.bipline.cat.tlv.ByteString;

/** File list: number of files and their paths, each beginning at the MF. ETSI TS 102 223 clause 8.18. */
public record FileList(ByteString value) implements BytesObject {
    public int numberOfFiles() {
        return value.u8(0);
    }

    @Override
    public DataObjectType type() {
        return DataObjectType.FILE_LIST;
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.of()
                .put("numberOfFiles", numberOfFiles())
                .put("files", value.slice(1))
                .toMap();
    }
}
