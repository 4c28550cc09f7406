// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.trace;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes each event as one JSON object on a line of its own. Fields: specs/trace.md. */
public final class JsonLines implements TraceSink {
    private final Writer out;
    private final JsonGenerator json;

    public JsonLines(Path file) throws IOException {
        this(new BufferedWriter(Files.newBufferedWriter(file)));
    }

    JsonLines(Writer out) throws IOException {
        this.out = out;
        json = new JsonFactory().createGenerator(out);
        json.setRootValueSeparator(null);
    }

    @Override
    public void accept(TraceEvent event) throws IOException {
        json.writeStartObject();
        At at = event.at();
        json.writeNumberField("nanos", at.nanos());
        json.writeStringField("time", at.time().toString());
        json.writeStringField("session", at.session());
        json.writeStringField("from", at.from().toString());
        json.writeStringField("to", at.to().toString());
        content(event);
        json.writeEndObject();
        json.writeRaw('\n');
    }

    private void content(TraceEvent event) throws IOException {
        switch (event) {
            case TraceEvent.Apdu e -> {
                kind("apdu");
                text("command", e.command());
                text("response", e.response());
            }
            case TraceEvent.Proactive e -> {
                kind("proactiveCommand");
                text("name", e.name());
                number("commandNumber", e.number());
                number("type", e.type());
                number("qualifier", e.qualifier());
                text("summary", e.summary());
                number("dataLength", e.dataLength());
                pdu(e.pdu(), e.fields());
            }
            case TraceEvent.TerminalResponse e -> {
                kind("terminalResponse");
                text("name", e.name());
                number("commandNumber", e.number());
                number("type", e.type());
                number("result", e.result());
                text("summary", e.summary());
                number("dataLength", e.dataLength());
                pdu(e.pdu(), e.fields());
            }
            case TraceEvent.Envelope e -> {
                kind("envelope");
                text("name", e.name());
                text("summary", e.summary());
                pdu(e.pdu(), e.fields());
            }
            case TraceEvent.ChannelOpened e -> {
                kind("channelOpened");
                number("channel", e.channel());
                text("destination", e.destination());
                number("bufferSize", e.bufferSize());
            }
            case TraceEvent.ChannelClosed e -> {
                kind("channelClosed");
                number("channel", e.channel());
                text("reason", e.reason());
            }
            case TraceEvent.Bytes e -> {
                kind("bytes");
                number("channel", e.channel());
                number("length", e.data().length());
                text("data", e.data());
            }
            case TraceEvent.TlsRecord e -> {
                kind("tlsRecord");
                number("type", e.type());
                text("name", e.name());
                number("length", e.length());
            }
            case TraceEvent.TlsHandshake e -> {
                kind("tlsHandshake");
                text("suite", e.suite());
                json.writeBooleanField("resumed", e.resumed());
                fields(e.fields());
            }
            case TraceEvent.HttpRequest e -> {
                kind("httpRequest");
                text("method", e.method());
                text("target", e.target());
                number("length", e.length());
            }
            case TraceEvent.HttpResponse e -> {
                kind("httpResponse");
                number("status", e.status());
                number("length", e.length());
            }
            case TraceEvent.DmMessage e -> {
                kind("dmMessage");
                text("dmSession", e.dmSession());
                number("message", e.message());
                number("length", e.length());
                text("summary", e.summary());
            }
            case TraceEvent.DmCommand e -> {
                kind("dmCommand");
                text("command", e.command());
                text("target", e.target());
                text("detail", e.detail());
            }
            case TraceEvent.DmStatus e -> {
                kind("dmStatus");
                text("command", e.command());
                text("target", e.target());
                number("status", e.status());
            }
            case TraceEvent.StoreChange e -> {
                kind("storeChange");
                text("what", e.what());
            }
            case TraceEvent.AppletTriggered e -> {
                kind("appletTriggered");
                text("applet", e.applet());
                text("event", e.event());
            }
            case TraceEvent.Dropped e -> {
                kind("dropped");
                text("what", e.what());
                text("reason", e.reason());
            }
            case TraceEvent.Failed e -> {
                kind("failed");
                text("text", e.text());
            }
            case TraceEvent.Note e -> {
                kind("note");
                text("text", e.text());
            }
        }
    }

    private void kind(String kind) throws IOException {
        text("kind", kind);
    }

    private void text(String name, Object value) throws IOException {
        json.writeStringField(name, value.toString());
    }

    private void number(String name, int value) throws IOException {
        json.writeNumberField(name, value);
    }

    private void pdu(Object bytes, List<Field> fields) throws IOException {
        text("pdu", bytes);
        fields(fields);
    }

    private void fields(List<Field> fields) throws IOException {
        json.writeArrayFieldStart("fields");
        for (Field field : fields) {
            json.writeStartObject();
            text("name", field.name());
            text("value", field.value());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    @Override
    public void close() throws IOException {
        json.close();
        out.close();
    }
}
