// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.bipline.cat.envelope.SmsPpDownload;
import org.bipline.cat.object.Address;
import org.bipline.cat.object.SmsTpdu;
import org.bipline.cat.ota.ReceiptRequest;
import org.bipline.cat.ota.Spi;
import org.bipline.cat.tlv.ByteString;
import org.bipline.dm.auth.Credentials;
import org.bipline.dm.notification.Notification;
import org.bipline.lab.Failure;
import org.bipline.lab.card.DmAppletInstallation;
import org.bipline.lab.push.CounterFile;
import org.bipline.lab.push.OtaKeyFile;
import org.bipline.lab.push.Receipt;
import org.bipline.lab.push.SecuredPush;
import org.bipline.lab.push.SmppSender;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code bipline push}. */
@Command(
        name = "push",
        description = {
            "Asks a card for a session with its DM server: a DM notification in a secured packet (ETSI TS 102 225, 3GPP TS "
                    + "31.115), sent by SMPP, or printed as SMS-DELIVER TPDUs and ENVELOPEs. Tells the proof of receipt in "
                    + "words.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class PushCommand implements Callable<Integer> {
    private static final int FAILED = 1;

    /** The nonce 00000000 of a server that does not know the card's. OMA DM Notification 1.2. */
    private static final org.bipline.dm.ByteString NO_NONCE = org.bipline.dm.ByteString.of(new byte[4]);

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--ota-keys",
            required = true,
            paramLabel = "FILE",
            description = "File with the card's keys, an ota statement as specs/card-profile.md has it; the one that "
                    + "'bipline me' got serves.")
    private Path keys;

    @Option(names = "--keyset", paramLabel = "VERSION", description = "Which, where the file has several.")
    private Optional<Integer> keyset;

    @Option(
            names = "--counter-file",
            paramLabel = "FILE",
            description = "Where the counter is kept, so that it never repeats. Default: the file of the keys with "
                    + ".VERSION.counter behind its name.")
    private Optional<Path> counterFile;

    @Option(
            names = "--counter",
            paramLabel = "HEX",
            description =
                    "Take this counter, five bytes, and leave the file as it is: to see what the card makes of it.")
    private Optional<String> counter;

    @Option(
            names = "--spi",
            paramLabel = "HEX",
            converter = SpiOption.class,
            defaultValue = "1619",
            description =
                    "Security parameter indicator, two bytes. Default: ${DEFAULT-VALUE}, ciphering, checksum and a "
                            + "counter that has to be higher; proof of receipt with ciphering and checksum.")
    private Spi spi;

    @Option(
            names = "--tar",
            paramLabel = "HEX",
            converter = AppletOptions.Hex.class,
            defaultValue = DmAppletInstallation.TAR,
            description = "Toolkit application reference. Default: ${DEFAULT-VALUE}, the DM applet.")
    private ByteString tar;

    @Option(
            names = "--device",
            paramLabel = "ID",
            description =
                    "Device of a running gateway that the notification is for, such as ICCID:8988...; the gateway "
                            + "makes it with the device's nonce.")
    private Optional<String> device;

    @Mixin
    private AdminOptions admin;

    @Option(
            names = "--server-id",
            paramLabel = "NAME",
            description = "Make the notification of this server here, without a gateway, with the nonce 00000000.")
    private Optional<String> serverId;

    @Option(names = "--server-password", paramLabel = "PASSWORD", description = "Its password.")
    private Optional<String> serverPassword;

    @Option(
            names = "--ui",
            paramLabel = "MODE",
            converter = UiModeName.class,
            defaultValue = "background",
            description = "What the user sees: not-specified, background, informative, user-interaction. "
                    + "Default: ${DEFAULT-VALUE}.")
    private Notification.UiMode uiMode;

    @Option(
            names = "--content",
            paramLabel = "HEX",
            converter = AppletOptions.Hex.class,
            description = "Send this to the application instead of a notification.")
    private Optional<ByteString> content;

    @Option(
            names = "--smpp",
            paramLabel = "HOST:PORT",
            converter = HostAndPort.class,
            description = "Send it to this SMSC, that of 'bipline me' or another. Default: print it.")
    private Optional<InetSocketAddress> smpp;

    @Option(
            names = "--system-id",
            defaultValue = "bipline",
            description = "Name for the SMSC. Default: ${DEFAULT-VALUE}.")
    private String systemId;

    @Option(names = "--smpp-password", defaultValue = "", description = "Password for the SMSC. Default: none.")
    private String smppPassword;

    @Option(
            names = "--from",
            paramLabel = "NUMBER",
            defaultValue = "+12065550199",
            description = "Number of the sender, to which the card answers. Default: ${DEFAULT-VALUE}.")
    private String from;

    @Option(
            names = "--to",
            paramLabel = "NUMBER",
            defaultValue = "+12065550100",
            description = "Number of the card. Default: ${DEFAULT-VALUE}.")
    private String to;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "How long to wait for the proof of receipt. Default: ${DEFAULT-VALUE}.")
    private long timeout;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the TPDUs and ENVELOPEs to this file.")
    private Optional<Path> out;

    /** Reads two bytes. */
    static final class SpiOption implements ITypeConverter<Spi> {
        @Override
        public Spi convert(String text) {
            if (!text.matches("[0-9A-Fa-f]{4}")) {
                throw new TypeConversionException("'" + text + "' is no SPI; give two bytes in hexadecimal");
            }
            int value = Integer.parseInt(text, 16);
            return new Spi(value >> 8, value & 0xFF);
        }
    }

    /** Reads the name of a mode. */
    static final class UiModeName implements ITypeConverter<Notification.UiMode> {
        @Override
        public Notification.UiMode convert(String text) {
            try {
                return Notification.UiMode.valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(
                        "'" + text + "' is none of not-specified, background, informative, user-interaction");
            }
        }
    }

    @Override
    public Integer call() throws Failure {
        OtaKeyFile.Entry entry = OtaKeyFile.read(keys, keyset);
        SecuredPush push;
        List<SmsTpdu> messages;
        try {
            ByteString data = content.isPresent() ? content.get() : notification();
            push = SecuredPush.of(entry.keys(), spi, tar, counter(entry), data);
            messages = push.messages(from, OffsetDateTime.now(ZoneId.systemDefault()));
        } catch (IllegalArgumentException e) {
            throw new Failure(Failure.Kind.INPUT, e.getMessage() + "; correct --spi, --tar, --from or --counter", e);
        }
        if (out.isPresent() || smpp.isEmpty()) {
            print(messages);
        }
        return smpp.isPresent() ? send(smpp.get(), push, messages) : 0;
    }

    private long counter(OtaKeyFile.Entry entry) throws Failure {
        if (counter.isPresent()) {
            return CounterFile.parse(counter.get());
        }
        Path file = counterFile.orElse(Path.of(keys + "." + entry.keys().version() + ".counter"));
        return new CounterFile(file).next(entry.counter());
    }

    private ByteString notification() throws Failure {
        if (serverId.isPresent() != serverPassword.isPresent() || serverId.isPresent() == device.isPresent()) {
            throw new Failure(
                    Failure.Kind.INPUT,
                    "whose notification? give --device, for that of a gateway, or --server-id with --server-password");
        }
        if (device.isPresent()) {
            JsonNode made = admin.gateway()
                    .post("/notifications?device=" + AdminClient.encoded(device.get()) + "&ui=" + uiMode.name());
            spec.commandLine()
                    .getOut()
                    .println("notification of session " + made.path("session").asText());
            return ByteString.ofHex(made.path("notification").asText());
        }
        Credentials server = Credentials.of(serverId.get(), serverPassword.get());
        int session = new SecureRandom().nextInt(1, 0x10000);
        Notification made = Notification.signed(server, NO_NONCE, uiMode, session);
        spec.commandLine().getOut().println("notification of session " + made.sessionIdText());
        return ByteString.wrap(made.encode().toByteArray());
    }

    private void print(List<SmsTpdu> messages) throws Failure {
        List<String> lines = new ArrayList<>();
        for (SmsTpdu message : messages) {
            lines.add("# SMS-DELIVER");
            lines.add(message.value().toString());
            lines.add("# ENVELOPE (SMS-PP DOWNLOAD)");
            lines.add(SmsPpDownload.of(Address.of(to), message).encode().toString());
        }
        if (out.isEmpty()) {
            lines.forEach(spec.commandLine().getOut()::println);
            return;
        }
        try {
            Files.write(out.get(), lines);
        } catch (IOException e) {
            throw new Failure(
                    Failure.Kind.ENVIRONMENT, out.get() + " cannot be written; give another file with --out", e);
        }
    }

    private int send(InetSocketAddress centre, SecuredPush push, List<SmsTpdu> messages) throws Failure {
        PrintWriter console = spec.commandLine().getOut();
        try (SmppSender sender = new SmppSender(centre, systemId, smppPassword, from, to)) {
            sender.send(messages);
            console.println("sent with counter %010X".formatted(push.command().counter()));
            if (spi.receipt() == ReceiptRequest.NONE) {
                return 0;
            }
            Optional<Receipt> receipt = sender.awaitReceipt(push, Duration.ofSeconds(timeout));
            if (receipt.isEmpty()) {
                if (spi.receipt() == ReceiptRequest.ON_ERROR) {
                    console.println("no error in " + timeout + " s");
                    return 0;
                }
                throw new Failure(
                        Failure.Kind.TESTED,
                        "no proof of receipt in " + timeout
                                + " s; the card, its ME or the way back may be out of reach");
            }
            console.println("proof of receipt: " + receipt.get().text());
            return receipt.get().succeeded() ? 0 : FAILED;
        }
    }
}
