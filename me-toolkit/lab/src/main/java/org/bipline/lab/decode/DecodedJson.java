// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.bipline.cat.object.CommandDetails;

/** Writes what was decoded as one line of JSON. */
public final class DecodedJson {
    private DecodedJson() {}

    /** One JSON object without a line break. */
    public static String line(Decoded decoded) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("kind", decoded.kind().toString());
            json.writeStringField("name", decoded.name());
            if (decoded.details().isPresent()) {
                CommandDetails details = decoded.details().get();
                json.writeNumberField("commandNumber", details.commandNumber());
                json.writeNumberField("type", details.typeOfCommand());
                json.writeNumberField("qualifier", details.commandQualifier());
            }
            if (decoded.source().isPresent() && decoded.destination().isPresent()) {
                json.writeStringField("source", decoded.source().get());
                json.writeStringField("destination", decoded.destination().get());
            }
            json.writeArrayFieldStart("tlvs");
            for (Decoded.Tlv tlv : decoded.tlvs()) {
                json.writeStartObject();
                json.writeStringField("tag", tlv.tag());
                json.writeBooleanField("cr", tlv.cr());
                json.writeStringField("name", tlv.name());
                json.writeStringField("value", tlv.value());
                json.writeFieldName("fields");
                value(json, tlv.fields());
                json.writeEndObject();
            }
            json.writeEndArray();
            if (!decoded.fields().isEmpty()) {
                json.writeFieldName("fields");
                value(json, decoded.fields());
            }
            if (decoded.xml().isPresent()) {
                json.writeStringField("xml", decoded.xml().get());
            }
            if (!decoded.faults().isEmpty()) {
                json.writeFieldName("faults");
                value(json, decoded.faults());
            }
            json.writeStringField("hex", decoded.hex());
            if (decoded.apdu().isPresent()) {
                exchange(json, decoded.apdu().get());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a StringWriter does not fail
        }
        return text.toString();
    }

    private static void exchange(JsonGenerator json, Decoded.Exchange exchange) throws IOException {
        json.writeObjectFieldStart("apdu");
        json.writeNumberField("line", exchange.line());
        json.writeStringField("name", exchange.name());
        json.writeStringField("command", exchange.command());
        json.writeStringField("response", exchange.response());
        if (exchange.statusWord().isPresent()) {
            json.writeStringField("statusWord", exchange.status().orElseThrow());
            json.writeStringField(
                    "meaning", StatusWords.meaning(exchange.statusWord().get()));
        }
        json.writeEndObject();
    }

    private static void value(JsonGenerator json, Object value) throws IOException {
        switch (value) {
            case Map<?, ?> map -> {
                json.writeStartObject();
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    json.writeFieldName(entry.getKey().toString());
                    value(json, entry.getValue());
                }
                json.writeEndObject();
            }
            case List<?> list -> {
                json.writeStartArray();
                for (Object element : list) {
                    value(json, element);
                }
                json.writeEndArray();
            }
            case Integer number -> json.writeNumber(number);
            case Long number -> json.writeNumber(number);
            case Boolean truth -> json.writeBoolean(truth);
            default -> json.writeString(value.toString());
        }
    }
}
