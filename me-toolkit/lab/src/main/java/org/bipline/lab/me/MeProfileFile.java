// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.me;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bipline.cat.object.AccessTechnology.Technology;
import org.bipline.cat.profile.Facility;
import org.bipline.cat.profile.TerminalProfile;
import org.bipline.cat.tlv.ByteString;
import org.bipline.lab.Failure;
import org.bipline.me.DmClientProfile;
import org.bipline.me.MePreset;
import org.bipline.me.MeProfile;
import org.bipline.me.Quirk;

/** An ME in a YAML file: a preset, and what is different from it. */
public final class MeProfileFile {
    /**
     * The file. Everything is optional; components of the names of {@link MeProfile}'s replace those of the preset.
     *
     * @param preset name of a {@link MePreset}, where the description begins
     * @param terminalProfile bytes in hex that are both what the ME announces and what it does
     * @param adds facilities beyond those
     * @param lacks facilities that the ME neither announces nor has
     * @param refuses facilities that the ME announces and yet refuses
     * @param announces bytes in hex that the ME announces whatever it does
     * @param dmClient the ME's DM client; {@code {}} for one without file and without sessions with the card
     */
    private record Description(
            String preset,
            String terminalProfile,
            Set<Facility> adds,
            Set<Facility> lacks,
            Set<Facility> refuses,
            String announces,
            Integer channels,
            String imei,
            String imeisv,
            String language,
            String plmn,
            Integer areaCode,
            Integer cellIdentity,
            Technology accessTechnology,
            Integer maxBufferSize,
            String statusInterval,
            String connectTimeout,
            String userTimeout,
            String latency,
            Set<Quirk> quirks,
            Client dmClient) {
        private MeProfile profile() {
            MeProfile start = preset == null ? MeProfile.full() : named(preset);
            if (terminalProfile != null) {
                start = start.withTerminalProfile(new TerminalProfile(ByteString.ofHex(terminalProfile)));
            }
            MeProfile able = start.with(this::change);
            MeProfile refusing = refuses == null ? able : able.refusing(refuses);
            return announces == null ? refusing : refusing.announcing(new TerminalProfile(ByteString.ofHex(announces)));
        }

        private static MeProfile named(String preset) {
            return MePreset.of(preset)
                    .orElseThrow(
                            () -> new IllegalArgumentException("no preset \"" + preset + "\"; there are " + presets()))
                    .profile();
        }

        private void change(MeProfile.Builder b) {
            EnumSet<Facility> facilities = EnumSet.noneOf(Facility.class);
            facilities.addAll(b.facilities);
            given(adds, facilities::addAll);
            given(lacks, facilities::removeAll);
            if (!facilities.equals(b.facilities) || channels != null) {
                b.facilities = facilities;
                b.announced = Optional.empty(); // bytes of another profile would be a lie that nobody asked for
            }
            given(channels, v -> b.channels = v);
            given(imei, v -> b.imei = v);
            given(imeisv, v -> b.imeisv = v);
            given(language, v -> b.language = v);
            given(plmn, v -> b.plmn = v);
            given(areaCode, v -> b.areaCode = v);
            given(cellIdentity, v -> b.cellIdentity = v);
            given(accessTechnology, v -> b.accessTechnology = v);
            given(maxBufferSize, v -> b.maxBufferSize = v);
            given(statusInterval, v -> b.statusInterval = Duration.parse(v));
            given(connectTimeout, v -> b.connectTimeout = Duration.parse(v));
            given(userTimeout, v -> b.userTimeout = Duration.parse(v));
            given(latency, v -> b.latency = Duration.parse(v));
            given(quirks, v -> b.quirks = v);
            given(dmClient, v -> b.dmClient = Optional.of(v.profile()));
        }

        private static <T> void given(T value, Consumer<T> use) {
            if (value != null) {
                use.accept(value);
            }
        }
    }

    /**
     * The DM client. Name and secrets go together; without them client and card do not prove who they are.
     *
     * @param cardPort the port at which the card is a DM server
     * @param tree file of the management tree
     * @param guard who decides on functions of the ME; nobody by default
     */
    private record Client(
            Integer cardPort, String name, String secret, String cardSecret, Path tree, DmClientProfile.Guard guard) {
        private DmClientProfile profile() {
            boolean none = name == null && secret == null && cardSecret == null;
            boolean all = name != null && secret != null && cardSecret != null;
            if (!none && !all) {
                throw new IllegalArgumentException(
                        "dmClient: name, secret and cardSecret go together; give all of them or none");
            }
            return new DmClientProfile(
                    Optional.ofNullable(cardPort),
                    all ? Optional.of(new DmClientProfile.Account(name, secret, cardSecret)) : Optional.empty(),
                    Optional.ofNullable(tree),
                    guard == null ? DmClientProfile.Guard.NONE : guard);
        }
    }

    private static final ObjectMapper MAPPER = YAMLMapper.builder(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final String REMEDY = "; correct it, specs/technical-specification.md clause 14 has the fields";

    private MeProfileFile() {}

    private static String presets() {
        return Stream.of(MePreset.values()).map(MePreset::text).collect(joining(", "));
    }

    /**
     * Reads a description.
     *
     * @throws Failure when there is none, or when it describes an ME that cannot be
     */
    public static MeProfile read(Path file) throws Failure {
        try {
            return parse(Files.readAllBytes(file), file.toString());
        } catch (IOException e) {
            throw new Failure(
                    Failure.Kind.INPUT,
                    file + ": cannot be read; give the path of a YAML file, or a preset: " + presets(),
                    e);
        }
    }

    /**
     * Reads a description that stands somewhere else.
     *
     * @param name what messages call the place
     * @throws Failure when it describes an ME that cannot be
     */
    public static MeProfile parse(byte[] yaml, String name) throws Failure {
        try {
            return MAPPER.readValue(yaml, Description.class).profile();
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            String where = at == null ? "" : " line " + at.getLineNr() + ", column " + at.getColumnNr() + ":";
            String field = e instanceof JsonMappingException mapping
                            && !mapping.getPath().isEmpty()
                    ? " " + mapping.getPath().get(0).getFieldName() + ":"
                    : "";
            String what = field.isEmpty() && e instanceof MismatchedInputException
                    ? " no fields with values"
                    : field + " " + e.getOriginalMessage();
            throw new Failure(Failure.Kind.INPUT, name + ":" + where + what + REMEDY, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // bytes in memory do not fail
        } catch (DateTimeParseException e) {
            throw new Failure(
                    Failure.Kind.INPUT, name + ": \"" + e.getParsedString() + "\" is no time; write it like PT0.5S", e);
        } catch (IllegalArgumentException e) {
            throw new Failure(Failure.Kind.INPUT, name + ": " + e.getMessage() + REMEDY, e);
        }
    }
}
