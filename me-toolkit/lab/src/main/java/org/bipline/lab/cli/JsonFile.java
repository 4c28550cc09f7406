// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bipline.lab.Failure;

/** JSON files of users. */
final class JsonFile {
    private JsonFile() {}

    /**
     * Reads a list.
     *
     * @param what what it is a list of, for messages
     * @throws Failure that says file, place, what is wrong and what to do
     */
    static <T> T[] read(Path file, Class<T[]> type, String what) throws Failure {
        JsonMapper mapper = JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
        try {
            return mapper.readValue(Files.readAllBytes(file), type);
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            String where = at == null ? "" : " line " + at.getLineNr() + ", column " + at.getColumnNr() + ":";
            throw new Failure(
                    Failure.Kind.INPUT,
                    file + ":" + where + " " + e.getOriginalMessage() + "; give a JSON list of " + what,
                    e);
        } catch (IOException e) {
            throw new Failure(Failure.Kind.INPUT, file + ": cannot be read; give the path of a JSON file", e);
        }
    }
}
