// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The path in the requests of DM clients. */
final class PathOption {
    @Option(
            names = "--path",
            paramLabel = "PATH",
            converter = HttpPath.class,
            defaultValue = "/dm",
            description = "HTTP path of the DM server. Default: ${DEFAULT-VALUE}.")
    private String path;

    /** Refuses what cannot stand in a request line, RFC 9112 clause 3. */
    static final class HttpPath implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            if (!text.startsWith("/") || !text.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
                throw new TypeConversionException(
                        "'" + text + "' is no path; give / and visible ASCII characters without spaces");
            }
            return text;
        }
    }

    String path() {
        return path;
    }
}
