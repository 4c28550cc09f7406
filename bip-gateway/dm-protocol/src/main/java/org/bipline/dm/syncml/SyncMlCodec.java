// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.syncml;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.bipline.dm.DmDecodingException;
import org.bipline.dm.markup.ElementReader;
import org.bipline.dm.markup.ElementWriter;
import org.bipline.dm.wbxml.WbxmlDocumentType;
import org.bipline.dm.wbxml.WbxmlReader;
import org.bipline.dm.wbxml.WbxmlWriter;
import org.bipline.dm.xml.XmlReader;
import org.bipline.dm.xml.XmlWriter;

/** The two encodings of a message. OMA DM Representation Protocol, element SyncML. */
public enum SyncMlCodec {
    WBXML("application/vnd.syncml.dm+wbxml") {
        @Override
        ElementReader reader(byte[] message) throws DmDecodingException {
            return new WbxmlReader(message);
        }

        @Override
        ElementWriter writer() {
            return new WbxmlWriter(WbxmlDocumentType.SYNCML_1_2);
        }
    },
    XML("application/vnd.syncml.dm+xml") {
        @Override
        ElementReader reader(byte[] message) throws DmDecodingException {
            return new XmlReader(message);
        }

        @Override
        ElementWriter writer() {
            return XmlWriter.compact();
        }
    };

    private final String mediaType;

    SyncMlCodec(String mediaType) {
        this.mediaType = mediaType;
    }

    public String mediaType() {
        return mediaType;
    }

    /**
     * The codec for a Content-Type; parameters and case of letters do not matter. The types of SyncML in general ({@code
     * application/vnd.syncml+xml}) are taken for those of DM: peers are found that send them.
     */
    public static Optional<SyncMlCodec> of(String contentType) {
        int end = contentType.indexOf(';');
        String type =
                (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        return Stream.of(values())
                .filter(codec -> codec.mediaType.equals(type)
                        || codec.mediaType.replace(".dm+", "+").equals(type))
                .findFirst();
    }

    /** Reads a message. The array is not kept. */
    public SyncMl decode(byte[] message) throws SyncMlException {
        SyncMlReader reader = new SyncMlReader();
        try {
            return reader.read(reader(message));
        } catch (DmDecodingException e) {
            throw new SyncMlException(e, reader.header());
        }
    }

    /**
     * Writes a message.
     *
     * @throws IllegalArgumentException if the message is to be XML and a text in it has a character that XML cannot carry
     */
    public byte[] encode(SyncMl message) {
        ElementWriter writer = writer();
        SyncMlWriter.write(message, writer);
        return writer.toByteArray();
    }

    abstract ElementReader reader(byte[] message) throws DmDecodingException;

    abstract ElementWriter writer();
}
