// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Properties;
import org.bipline.lab.Failure;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code bipline}. Exit codes: 0 done, 1 what was tested failed, 2 wrong use or input, 3 environment. */
@Command(
        name = "bipline",
        description = "OMA Device Management on the UICC, carried over the Bearer Independent Protocol.",
        mixinStandardHelpOptions = true,
        versionProvider = Bipline.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            CardCommand.class,
            MeCommand.class,
            PushCommand.class,
            GatewayCommand.class,
            RunCommand.class,
            ProvisionCommand.class,
            AuditCommand.class,
            DecodeCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:what was tested failed",
            "2:wrong use or wrong input",
            "3:the environment: files, ports, programs"
        },
        footer = {"", "bipline COMMAND --help tells more of a command."})
public final class Bipline {
    private static final int FAILED = 1;
    private static final int WRONG_USE = 2;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--log",
            paramLabel = "LEVEL",
            scope = ScopeType.INHERIT,
            description = "What is logged to standard error: error, warn (default), info, debug, trace.")
    void log(String level) {
        if (!Logging.level(level)) {
            throw new ParameterException(
                    spec.commandLine(), "'" + level + "' is no log level; give error, warn, info, debug or trace");
        }
    }

    private Bipline() {}

    /** Runs the command and ends the process. */
    public static void main(String[] args) {
        Logging.start();
        PrintWriter out = writer(System.out, "stdout.encoding");
        PrintWriter err = writer(System.err, "stderr.encoding");
        int exitCode = run(out, err, args);
        out.flush();
        err.flush();
        System.exit(exitCode);
    }

    /** Whether standard output can show arrows and lines. */
    static boolean unicodeConsole() {
        return Charset.forName(System.getProperty("stdout.encoding", "UTF-8"))
                .newEncoder()
                .canEncode('▶');
    }

    private static PrintWriter writer(PrintStream stream, String encoding) {
        return new PrintWriter(stream, false, Charset.forName(System.getProperty(encoding, "UTF-8")));
    }

    /** Runs the command and returns its exit code. */
    static int run(PrintWriter out, PrintWriter err, String... args) {
        CommandLine line = new CommandLine(new Bipline())
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((e, arguments) -> {
                    String command = e.getCommandLine().getCommandSpec().qualifiedName();
                    error(err, e.getMessage().replaceFirst("^Error: ", "") + "; see " + command + " --help");
                    return WRONG_USE;
                })
                .setExecutionExceptionHandler((e, commandLine, parsed) -> {
                    if (e instanceof Failure failure) {
                        error(err, failure.getMessage());
                        return failure.exitCode();
                    }
                    error(err, "internal error, please report it: " + e);
                    e.printStackTrace(err);
                    return FAILED;
                });
        if (args.length == 0) {
            line.usage(err);
            return WRONG_USE;
        }
        return line.execute(args);
    }

    private static void error(PrintWriter err, String message) {
        err.println("bipline: " + message.replaceAll("\\R+", " "));
    }

    /** The version of the build. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() throws Exception {
            Properties properties = new Properties();
            try (InputStream in = Bipline.class.getResourceAsStream("version.properties")) {
                properties.load(in);
            }
            return new String[] {
                "bipline " + properties.getProperty("version"), "Java ${java.version}, ${os.name} ${os.arch}"
            };
        }
    }
}
