// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.StringJoiner;
import java.util.stream.Stream;
import org.bipline.dm.syncml.AlertCode;
import org.bipline.dm.syncml.Command;
import org.bipline.dm.syncml.Data;
import org.bipline.dm.syncml.Item;

/**
 * Shows the user of a device something, or asks him. OMA DM Protocol, User interaction commands. What he enters or chooses comes with
 * the Status, choices as their numbers from 1 on; 304 means that he rejected, 214 that he cancelled.
 *
 * @param text what is shown, or the question
 * @param choices what he can choose from; empty for the other kinds
 */
public record UserInteraction(Kind kind, String text, List<String> choices, Options options)
        implements ManagementCommand {
    /** Kinds of interaction with their alert codes. */
    public enum Kind {
        DISPLAY(AlertCode.DISPLAY.number()),
        CONFIRM_OR_REJECT(AlertCode.CONFIRM_OR_REJECT.number()),
        TEXT_INPUT(AlertCode.TEXT_INPUT.number()),
        SINGLE_CHOICE(AlertCode.SINGLE_CHOICE.number()),
        MULTIPLE_CHOICE(AlertCode.MULTIPLE_CHOICE.number());

        private final int number;

        Kind(int number) {
            this.number = number;
        }

        AlertCode code() {
            return new AlertCode(number);
        }

        boolean isChoice() {
            return this == SINGLE_CHOICE || this == MULTIPLE_CHOICE;
        }

        static Optional<Kind> of(AlertCode code) {
            return Stream.of(values()).filter(kind -> kind.code().equals(code)).findFirst();
        }
    }

    /** What may be typed: option IT. */
    public enum InputType {
        ALPHANUMERIC('A'),
        NUMERIC('N'),
        DATE('D'),
        TIME('T'),
        PHONE_NUMBER('P'),
        IP_ADDRESS('I');

        private final char letter;

        InputType(char letter) {
            this.letter = letter;
        }
    }

    /** How what is typed is shown: option ET. */
    public enum EchoType {
        TEXT('T'),
        PASSWORD('P');

        private final char letter;

        EchoType(char letter) {
            this.letter = letter;
        }
    }

    /**
     * Hints for the user interface. A client skips what it does not understand.
     *
     * @param minDisplayTime MINDT, seconds that the text stays at least
     * @param maxDisplayTime MAXDT, seconds after which the client waits no longer
     * @param defaultResponse DR: {@code 0} or {@code 1} for reject and accept, the text first shown, the number of a choice, or several
     *     with {@code -} between them
     * @param maxLength MAXLEN, characters that can be typed
     */
    public record Options(
            OptionalInt minDisplayTime,
            OptionalInt maxDisplayTime,
            Optional<String> defaultResponse,
            OptionalInt maxLength,
            Optional<InputType> inputType,
            Optional<EchoType> echoType) {
        public static final Options NONE = new Options(
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty());

        public Options {
            Objects.requireNonNull(defaultResponse);
            Objects.requireNonNull(inputType);
            Objects.requireNonNull(echoType);
            for (OptionalInt number : List.of(minDisplayTime, maxDisplayTime, maxLength)) {
                if (number.isPresent() && number.getAsInt() < 1) {
                    throw new IllegalArgumentException(
                            "MINDT, MAXDT and MAXLEN are positive, not " + number.getAsInt());
                }
            }
        }

        public Options minDisplayTime(int seconds) {
            return new Options(
                    OptionalInt.of(seconds), maxDisplayTime, defaultResponse, maxLength, inputType, echoType);
        }

        public Options maxDisplayTime(int seconds) {
            return new Options(
                    minDisplayTime, OptionalInt.of(seconds), defaultResponse, maxLength, inputType, echoType);
        }

        public Options defaultResponse(String response) {
            return new Options(minDisplayTime, maxDisplayTime, Optional.of(response), maxLength, inputType, echoType);
        }

        public Options maxLength(int characters) {
            return new Options(
                    minDisplayTime, maxDisplayTime, defaultResponse, OptionalInt.of(characters), inputType, echoType);
        }

        public Options inputType(InputType type) {
            return new Options(minDisplayTime, maxDisplayTime, defaultResponse, maxLength, Optional.of(type), echoType);
        }

        public Options echoType(EchoType type) {
            return new Options(
                    minDisplayTime, maxDisplayTime, defaultResponse, maxLength, inputType, Optional.of(type));
        }

        /** As the first item of the alert has it, in the encoding of URL queries: {@code MAXDT=30&DR=1}; empty if there is none. */
        String query() {
            StringJoiner query = new StringJoiner("&");
            minDisplayTime.ifPresent(seconds -> query.add("MINDT=" + seconds));
            maxDisplayTime.ifPresent(seconds -> query.add("MAXDT=" + seconds));
            defaultResponse.ifPresent(text -> query.add("DR=" + URLEncoder.encode(text, StandardCharsets.UTF_8)));
            maxLength.ifPresent(characters -> query.add("MAXLEN=" + characters));
            inputType.ifPresent(type -> query.add("IT=" + type.letter));
            echoType.ifPresent(type -> query.add("ET=" + type.letter));
            return query.toString();
        }

        /** Reads what {@link #query()} wrote. */
        static Options parse(String query) {
            Options options = NONE;
            for (String option : query.isEmpty() ? new String[0] : query.split("&")) {
                int equals = option.indexOf('=');
                String value = option.substring(equals + 1);
                options = switch (option.substring(0, equals)) {
                    case "MINDT" -> options.minDisplayTime(Integer.parseInt(value));
                    case "MAXDT" -> options.maxDisplayTime(Integer.parseInt(value));
                    case "DR" -> options.defaultResponse(URLDecoder.decode(value, StandardCharsets.UTF_8));
                    case "MAXLEN" -> options.maxLength(Integer.parseInt(value));
                    case "IT" ->
                        options.inputType(Stream.of(InputType.values())
                                .filter(type -> value.charAt(0) == type.letter)
                                .findFirst()
                                .orElseThrow());
                    case "ET" ->
                        options.echoType(Stream.of(EchoType.values())
                                .filter(type -> value.charAt(0) == type.letter)
                                .findFirst()
                                .orElseThrow());
                    default -> throw new IllegalArgumentException("option " + option);
                };
            }
            return options;
        }
    }

    public UserInteraction {
        Objects.requireNonNull(text);
        Objects.requireNonNull(options);
        choices = List.copyOf(choices);
        if (kind.isChoice() == choices.isEmpty()) {
            throw new IllegalArgumentException(kind + " with " + choices.size() + " choices");
        }
    }

    public static UserInteraction display(String text) {
        return new UserInteraction(Kind.DISPLAY, text, List.of(), Options.NONE);
    }

    public static UserInteraction confirm(String question) {
        return new UserInteraction(Kind.CONFIRM_OR_REJECT, question, List.of(), Options.NONE);
    }

    public static UserInteraction textInput(String question) {
        return new UserInteraction(Kind.TEXT_INPUT, question, List.of(), Options.NONE);
    }

    public static UserInteraction singleChoice(String title, String... choices) {
        return new UserInteraction(Kind.SINGLE_CHOICE, title, List.of(choices), Options.NONE);
    }

    public static UserInteraction multipleChoice(String title, String... choices) {
        return new UserInteraction(Kind.MULTIPLE_CHOICE, title, List.of(choices), Options.NONE);
    }

    public UserInteraction with(Options newOptions) {
        return new UserInteraction(kind, text, choices, newOptions);
    }

    @Override
    public Verb verb() {
        return Verb.ALERT;
    }

    @Override
    public String uri() {
        return "";
    }

    @Override
    public Command toCommand(String cmdId) {
        List<Item> items = new ArrayList<>();
        String query = options.query();
        items.add(query.isEmpty() ? Item.EMPTY : Item.text(query));
        items.add(Item.text(text));
        choices.forEach(choice -> items.add(Item.text(choice)));
        return new Command.Alert(cmdId, Optional.of(kind.code()), Optional.empty(), items);
    }

    /** Reads what {@link #toCommand} wrote. */
    static UserInteraction of(Command.Alert alert) {
        List<String> texts = alert.items().stream()
                .map(item -> item.data().flatMap(Data::asText).orElse(""))
                .toList();
        return new UserInteraction(
                alert.code().flatMap(Kind::of).orElseThrow(),
                texts.get(1),
                texts.subList(2, texts.size()),
                Options.parse(texts.get(0)));
    }

    @Override
    public String toString() {
        return "Alert " + kind.code();
    }
}
