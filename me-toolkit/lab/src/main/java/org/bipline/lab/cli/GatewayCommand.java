// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.bipline.dm.auth.AuthType;
import org.bipline.dm.server.Device;
import org.bipline.dm.server.DmServer;
import org.bipline.dm.server.DmServerListener;
import org.bipline.dm.server.JdbcStore;
import org.bipline.dm.server.Job;
import org.bipline.dm.server.JobSpec;
import org.bipline.dm.server.MemoryStore;
import org.bipline.dm.server.Store;
import org.bipline.dm.server.StoreException;
import org.bipline.gateway.Gateway;
import org.bipline.gateway.HandshakeAudit;
import org.bipline.gateway.Upstream;
import org.bipline.gateway.admin.AdminApi;
import org.bipline.gateway.admin.JobWatch;
import org.bipline.lab.Failure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bipline gateway}. */
@Command(
        name = "gateway",
        description = {
            "The server side alone: HTTP front and DM server, with its store in a file, or before a DM server elsewhere "
                    + "(--upstream). Ends with Ctrl-C.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class GatewayCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--bind",
            paramLabel = "HOST:PORT",
            converter = HostAndPort.class,
            defaultValue = "127.0.0.1:8443",
            description = "Where to listen with TLS 1.2, for devices that have pskIdentity and pskKey in the file of "
                    + "--devices; port 0 takes any free one. Default: ${DEFAULT-VALUE}.")
    private InetSocketAddress bind;

    @Option(
            names = "--plain-port",
            paramLabel = "PORT",
            description =
                    "Listen without TLS too, on the host of --bind: for laboratories only, since everybody on the "
                            + "way can read and change what is sent. Port 0 takes any free one.")
    private Optional<Integer> plainPort;

    @Mixin
    private PathOption path;

    @Option(
            names = "--admin",
            paramLabel = "HOST:PORT",
            converter = HostAndPort.class,
            defaultValue = "127.0.0.1:0",
            description = "Where 'bipline provision' finds the gateway, on loopback only; DIR/" + AdminFile.NAME
                    + " then tells the address and the token. Default: ${DEFAULT-VALUE}.")
    private InetSocketAddress admin;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "target/gateway",
            description = "Where the store is kept. Default: ${DEFAULT-VALUE}.")
    private Path data;

    @Option(
            names = "--devices",
            paramLabel = "FILE",
            description = "JSON file of devices to add to the store: a list of objects with id, clientName, "
                    + "clientPassword, serverName, serverPassword and, where it is not MD5, authentication: MAC, basic or "
                    + "none; for TLS pskIdentity and pskKey (hexadecimal) and, where it may go without, transport: plain. "
                    + "With --upstream only the keys are used.")
    private Optional<Path> devices;

    @Option(
            names = "--device",
            paramLabel = "ID",
            description = "Device that the jobs are for, such as ICCID:8988...; default: the first that asks.")
    private Optional<String> device;

    @Option(
            names = "--job",
            paramLabel = "FILE",
            description = "TNDS file of a management object to provision; may be given several times.")
    private List<Path> jobs = List.of();

    @Option(
            names = "--desired",
            paramLabel = "FILE",
            description =
                    "JSON file of what devices are to have, for good: a list of objects with device, mo (TNDS file, "
                            + "relative to this one) and, where it is not ./MO/NAME, target.")
    private Optional<Path> desired;

    @Mixin
    private DescriptionOption descriptions;

    @Option(
            names = "--upstream",
            paramLabel = "URL",
            description =
                    "Hand DM messages on to the DM server at this URL, by HTTP and unchanged, and its answers back; "
                            + "no store and no jobs then.")
    private Optional<String> upstream;

    private static final int TOKEN_SIZE = 16;

    /** What waits for the end; a test ends it by an interrupt. */
    private final CountDownLatch forever = new CountDownLatch(1);

    @Override
    public Integer call() throws Failure {
        PrintWriter out = spec.commandLine().getOut();
        try {
            if (upstream.isPresent()) {
                handOn(upstream.get(), out);
            } else {
                answer(out);
            }
        } catch (IOException e) {
            throw new Failure(
                    Failure.Kind.ENVIRONMENT, e.getMessage() + "; give another address or port with --bind", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // asked to end: what is open was closed
        }
        return 0;
    }

    private void answer(PrintWriter out) throws Failure, IOException, InterruptedException {
        refuseUnlessLoopback();
        List<JobSpec.Provision> provisions = provisions();
        List<DesiredFile.Entry> states = desired.isPresent()
                ? DesiredFile.read(
                        desired.get(), descriptions, spec.commandLine().getErr())
                : List.of();
        List<Device> accounts = devices.isPresent() ? DeviceFile.read(devices.get()) : List.of();
        SecureRandom random = new SecureRandom();
        JobWatch watch = new JobWatch();
        String token = HexFormat.of().formatHex(random.generateSeed(TOKEN_SIZE));
        try (Store store = open(random);
                DmServer server = DmServer.builder(store, Clock.systemUTC(), random)
                        .listener(new Progress(out))
                        .listener(watch)
                        .strangers(strangers(accounts))
                        .build();
                ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
                AdminApi api = new AdminApi(server, watch, token, descriptions.all(), admin);
                AdminFile access = AdminFile.write(data, api.address(), token);
                Gateway gateway =
                        gateway(Gateway.builder(server).listener(new HandshakeAudit(server, workers)), store, random)) {
            add(accounts, store);
            states.forEach(state -> server.setDesired(state.device(), state.spec()));
            gateway.start();
            tellIfNobodyCanConnect(store);
            provisions.forEach(
                    job -> device.ifPresentOrElse(id -> server.submit(id, job), () -> server.submitToAny(job)));
            out.println(
                    "administration by 'bipline provision' and 'bipline audit', address and token in " + access.file());
            serve(gateway, out);
        }
    }

    /** So that a client that is not known is asked for the same as those that are. */
    private static AuthType strangers(List<Device> accounts) {
        boolean mac = !accounts.isEmpty()
                && accounts.stream().allMatch(account -> account.authentication() == Device.Authentication.MAC);
        return mac ? AuthType.MAC : AuthType.MD5;
    }

    private Gateway gateway(Gateway.Builder builder, Store store, SecureRandom random) throws Failure {
        builder.secured(bind).keys(store, random).path(path.path());
        if (plainPort.isPresent()) {
            int port = plainPort.get();
            if (port < 0 || port > 0xFFFF) {
                throw new Failure(Failure.Kind.INPUT, "--plain-port " + port + " is no port; give 0 to 65535");
            }
            builder.plain(new InetSocketAddress(bind.getAddress(), port));
        }
        return builder.build();
    }

    private void add(List<Device> accounts, Store store) throws Failure {
        try {
            accounts.forEach(store::putDevice);
        } catch (StoreException e) {
            throw new Failure(
                    Failure.Kind.ENVIRONMENT,
                    e.getMessage() + "; correct the file of --devices, or give another directory with --data",
                    e);
        }
    }

    private void tellIfNobodyCanConnect(Store store) {
        if (plainPort.isEmpty()
                && store.devices().stream().allMatch(device -> device.psk().isEmpty())) {
            spec.commandLine()
                    .getErr()
                    .println(
                            "bipline: no device has a key, so nobody can connect; give pskIdentity and pskKey in the file "
                                    + "of --devices, or ask for plain TCP with --plain-port");
        }
    }

    private void refuseUnlessLoopback() throws Failure {
        if (!admin.getAddress().isLoopbackAddress()) {
            throw new Failure(
                    Failure.Kind.INPUT,
                    "--admin " + admin
                            + " is not on loopback, and nothing protects it but a token; give 127.0.0.1:PORT");
        }
    }

    private List<JobSpec.Provision> provisions() throws Failure {
        List<JobSpec.Provision> provisions = new ArrayList<>();
        for (Path job : jobs) {
            provisions.add(
                    descriptions.read(Optional.of(job), spec.commandLine().getErr()));
        }
        return provisions;
    }

    private void handOn(String server, PrintWriter out) throws Failure, IOException, InterruptedException {
        if (!jobs.isEmpty() || device.isPresent() || desired.isPresent() || descriptions.given()) {
            throw new Failure(
                    Failure.Kind.INPUT,
                    "--upstream goes without --job, --device, --desired and --ddf; give the jobs to the server at "
                            + server);
        }
        List<Device> accounts = devices.isPresent() ? DeviceFile.read(devices.get()) : List.of();
        try (Upstream target = new Upstream(URI.create(server), Upstream.Limits.DEFAULT);
                Store keys = new MemoryStore();
                Gateway gateway = gateway(Gateway.builder(target), keys, new SecureRandom())) {
            add(accounts, keys);
            gateway.start();
            tellIfNobodyCanConnect(keys);
            serve(gateway, out);
        } catch (IllegalArgumentException e) {
            throw new Failure(
                    Failure.Kind.INPUT, "--upstream: " + e.getMessage() + "; give one such as http://host:port/dm", e);
        }
    }

    private void serve(Gateway gateway, PrintWriter out) throws InterruptedException {
        gateway.securedAddress()
                .ifPresent(address -> out.println("listening on https://" + text(address) + " with pre-shared keys"));
        gateway.plainAddress()
                .ifPresent(address -> out.println("listening on http://" + text(address) + " without TLS"));
        out.flush();
        forever.await();
    }

    private String text(InetSocketAddress address) {
        return address.getHostString() + ":" + address.getPort() + path.path();
    }

    private Store open(SecureRandom random) throws Failure {
        try {
            Files.createDirectories(data);
            return JdbcStore.file(data.resolve("dm"), random);
        } catch (IOException | StoreException e) {
            throw new Failure(
                    Failure.Kind.ENVIRONMENT,
                    "cannot open the store in " + data + " (" + e.getMessage()
                            + "); end the other gateway that uses it, or give another directory with --data",
                    e);
        }
    }

    /** A line for each session and for each step of a job. */
    private record Progress(PrintWriter out) implements DmServerListener {
        @Override
        public void jobStateChanged(Job job) {
            print(job.toString());
        }

        @Override
        public void sessionEnded(Session session, String outcome) {
            print(session + " ended: " + outcome);
        }

        @Override
        public void authenticationFailed(Session session, String reason) {
            print(session + ": " + reason);
        }

        private void print(String line) {
            synchronized (out) {
                out.println(line);
                out.flush();
            }
        }
    }
}
