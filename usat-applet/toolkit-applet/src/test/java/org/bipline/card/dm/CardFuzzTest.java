// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import javacard.framework.ISOException;
import org.bipline.card.bip.ByteReceiver;
import org.bipline.card.bip.ByteSink;
import org.bipline.card.https.HttpClient;
import org.bipline.card.https.HttpListener;
import org.bipline.card.https.HttpServer;

/** What comes from a channel is read or refused, whatever it is, and means the same in whatever pieces it comes. */
final class CardFuzzTest {
    private static final byte[] PATH = "/dm".getBytes(US_ASCII);
    private static final byte[] TYPE = "text/x".getBytes(US_ASCII);

    private final Log log = new Log();
    private final HttpClient client = new HttpClient(log, log, new byte[48]);
    private final HttpServer server = new HttpServer(log, log, PATH, client);
    private final WbxmlReader wbxml = new WbxmlReader((byte) 0, (short) 4, (short) 8);

    /** The first byte chooses the reader and the size of the pieces. */
    @FuzzTest(maxDuration = "10m")
    void any_bytes_are_read_or_refused(byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        int pieces = 1 + (bytes[0] >> 2 & 0x3F);
        switch (bytes[0] & 3) {
            case 0 -> assertThat(response(bytes, pieces)).isEqualTo(response(bytes, bytes.length));
            case 1 -> assertThat(request(bytes, pieces)).isEqualTo(request(bytes, bytes.length));
            default -> document(bytes, pieces);
        }
    }

    private String response(byte[] bytes, int pieces) {
        log.clear();
        client.reset();
        short pathLength = (short) PATH.length;
        client.post(PATH, (short) 0, pathLength, PATH, (short) 0, pathLength, TYPE, (short) 0);
        client.endHeaders();
        receive(client, bytes, pieces);
        client.connectionClosed(true);
        assertThat(client.isDone() || client.isFailed()).isTrue();
        assertThat(client.isFailed()).isEqualTo(client.reason() != HttpClient.REASON_NONE);
        return client.reason() + " " + client.status() + " " + client.isReusable() + log;
    }

    private String request(byte[] bytes, int pieces) {
        log.clear();
        server.await();
        receive(server, bytes, pieces);
        assertThat(server.isDone() && server.isFailed()).isFalse();
        return server.reason() + " " + server.isDone() + " " + server.isReusable() + log;
    }

    private static void receive(ByteReceiver receiver, byte[] bytes, int pieces) {
        for (int at = 1; at < bytes.length; at += pieces) {
            if (!receiver.receive(bytes, (short) at, (short) Math.min(pieces, bytes.length - at))) {
                return;
            }
        }
    }

    private void document(byte[] bytes, int pieces) {
        short faultOfWhole = read(bytes, bytes.length);
        String whole = log.toString();
        assertThat(read(bytes, pieces)).isEqualTo(faultOfWhole);
        if (faultOfWhole == 0) {
            assertThat(log).hasToString(whole);
        } else {
            assertThat(faultOfWhole).isBetween(Fault.WBXML_VERSION, Fault.WBXML_CONTENT);
        }
    }

    /** The fault of a document, 0 for none. */
    private short read(byte[] bytes, int pieces) {
        log.clear();
        wbxml.begin(log);
        try {
            for (int at = 1; at < bytes.length; at += pieces) {
                wbxml.read(bytes, (short) at, (short) Math.min(pieces, bytes.length - at));
            }
            return 0;
        } catch (ISOException e) {
            return e.getReason();
        }
    }

    /** What the readers tell. */
    private static final class Log implements ByteSink, HttpListener, WbxmlHandler {
        private final StringBuilder events = new StringBuilder();
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();

        void clear() {
            events.setLength(0);
            content.reset();
        }

        private void event(String event) {
            events.append(content.toString(US_ASCII)).append('\n').append(event);
            content.reset();
        }

        @Override
        public void write(byte b) {}

        @Override
        public void write(byte[] buf, short off, short len) {}

        @Override
        public void flush() {}

        @Override
        public boolean takeHeader(byte[] line, short len) {
            event("header " + new String(line, 0, len, US_ASCII));
            return true;
        }

        @Override
        public void takeBody(byte[] buf, short off, short len) {
            content.write(buf, off, len);
        }

        @Override
        public void begin(byte element) {
            event("begin " + element);
        }

        @Override
        public void content(byte[] buf, short off, short len) {
            content.write(buf, off, len);
        }

        @Override
        public void end(byte element) {
            event("end " + element);
        }

        @Override
        public String toString() {
            return events + content.toString(US_ASCII);
        }
    }
}
