// SPDX-License-Identifier: Apache-2.0
package org.bipline.me.dm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bipline.me.dm.DeviceTree.FIRMWARE;
import static org.bipline.me.dm.Fixture.ACCOUNT;
import static org.bipline.me.dm.Fixture.atomic;
import static org.bipline.me.dm.Fixture.client;
import static org.bipline.me.dm.Fixture.delete;
import static org.bipline.me.dm.Fixture.exec;
import static org.bipline.me.dm.Fixture.replace;
import static org.bipline.me.dm.Fixture.tree;

import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.bipline.dm.ByteString;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.bipline.dm.syncml.AlertCode;
import org.bipline.dm.syncml.Command;
import org.bipline.dm.syncml.Data;
import org.bipline.dm.syncml.Item;
import org.bipline.dm.syncml.Meta;
import org.bipline.dm.syncml.SyncMlCodec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** FUMO 1.0: states, results and alerts. */
@Tag("MO-7")
class FirmwareUpdateTest {
    private static final String MODEL = "simulated ME";
    private static final String URL = "http://download.example/package";
    private static final ByteString PACKAGE = SimulatedFirmware.pack(MODEL, "2.0", ByteString.utf8("image"));

    private final ManagementTree tree = tree();
    private final ScriptedServer server = new ScriptedServer(SyncMlCodec.WBXML);
    private final Store store = new Store();

    /** A download server. */
    private static final class Store implements Download {
        private final Map<String, Content> contents = new HashMap<>();
        private final List<String> reports = new ArrayList<>();

        @Override
        public Content get(String url) throws IOException {
            if (url.endsWith("slow")) {
                throw new HttpTimeoutException("slow");
            }
            if (url.endsWith("dead")) {
                throw new IOException("dead");
            }
            return contents.getOrDefault(url, new Content(404, "", ByteString.EMPTY));
        }

        @Override
        public void report(String url, String status) {
            reports.add(url + " " + status);
        }
    }

    private DmClient device(FunctionGuard guard, boolean keepsPackage) {
        FirmwareUpdate update = new FirmwareUpdate(tree, store, new SimulatedFirmware(MODEL), 10_000, keepsPackage);
        return client(tree, server)
                .handler(FirmwareUpdate.OBJECTS, update)
                .guard(guard)
                .build();
    }

    /** A guard that is asked, and answers when the test does. */
    private static final class Asked implements FunctionGuard {
        private FunctionRequest request;
        private Consumer<Verdict> answer;

        @Override
        public void ask(FunctionRequest asked, Consumer<Verdict> then) {
            request = asked;
            answer = then;
        }
    }

    private String state() {
        return tree.text(FIRMWARE + "/State").orElseThrow();
    }

    private static Command replacePackage(int cmdId, ByteString octets) {
        return Command.Replace.of(
                Integer.toString(cmdId),
                Item.builder()
                        .target(FIRMWARE + "/Update/PkgData")
                        .meta(Meta.of(Format.BIN, "application/octet-stream"))
                        .data(octets)
                        .build());
    }

    @Test
    void updates_from_a_package_that_came_by_dm_and_tells_the_server() {
        DmClient device = device(FunctionGuard.OPEN, false);
        server.says(replacePackage(10, PACKAGE)).says(exec(10, FIRMWARE + "/Update", "job-7"));
        device.connect(ACCOUNT);
        assertThat(server.statuses(1)).containsExactly("10 200");
        assertThat(server.statuses(2)).containsExactly("10 202");
        assertThat(state()).isEqualTo("60");

        device.performOperations();
        assertThat(state()).isEqualTo("100");
        assertThat(tree.text("./DevDetail/FwV")).contains("2.0");
        assertThat(tree.octets(FIRMWARE + "/Update/PkgData")).contains(ByteString.EMPTY);

        device.connect(ACCOUNT);
        device.connect(ACCOUNT);
        assertThat(genericAlerts()).hasSize(1);
        Command.Alert alert = genericAlerts().getFirst();
        assertThat(alert.correlator()).contains("job-7");
        Item item = alert.items().getFirst();
        assertThat(item.sourceUri()).contains(FIRMWARE);
        assertThat(item.meta().flatMap(Meta::type)).contains("org.openmobilealliance.dm.firmwareupdate.update");
        assertThat(item.meta().flatMap(Meta::mark)).isEmpty();
        assertThat(item.data().flatMap(Data::asText)).contains("200");
    }

    private List<Command.Alert> genericAlerts() {
        return server.alerts().stream()
                .filter(alert -> alert.code().equals(Optional.of(AlertCode.GENERIC_ALERT)))
                .toList();
    }

    @Test
    void downloads_first_and_updates_when_told() {
        store.contents.put(URL, new Download.Content(200, "application/octet-stream", PACKAGE));
        DmClient device = device(FunctionGuard.OPEN, true);
        server.says(replace(10, FIRMWARE + "/Download/PkgURL", URL), exec(11, FIRMWARE + "/Download", "a"))
                .says(exec(10, FIRMWARE + "/Download", "b"));
        device.connect(ACCOUNT);
        assertThat(server.statuses(1)).containsExactly("10 200", "11 202");
        assertThat(server.statuses(2)).containsExactly("10 500"); // one is under way
        assertThat(state()).isEqualTo("30");

        assertThat(device.performOperations()).extracting(GenericAlert::data).containsExactly("200");
        assertThat(state()).isEqualTo("50");
        server.says(exec(10, FIRMWARE + "/Update", "c"));
        device.connect(ACCOUNT);
        device.performOperations();
        assertThat(state()).isEqualTo("90");
    }

    @Test
    void follows_a_download_descriptor_and_reports_to_it() {
        String descriptor = "<media xmlns='http://www.openmobilealliance.org/xmlns/dd'><objectURI>image.bin</objectURI>"
                + "<size>" + PACKAGE.length() + "</size><type>application/octet-stream</type>"
                + "<installNotifyURI>/notify</installNotifyURI></media>";
        store.contents.put(
                URL,
                new Download.Content(200, "application/vnd.oma.dd+xml; charset=utf-8", ByteString.utf8(descriptor)));
        store.contents.put(
                "http://download.example/image.bin", new Download.Content(200, "application/octet-stream", PACKAGE));

        assertThat(downloadAndUpdate(URL)).isEqualTo("200");
        assertThat(state()).isEqualTo("100");
        assertThat(store.reports).containsExactly("http://download.example/notify 900 Success");
    }

    @ParameterizedTest
    @CsvSource({
        "no url at all, 411, 20",
        "http://download.example/missing, 411, 20",
        "http://download.example/slow, 407, 20",
        "http://download.example/dead, 503, 20",
        "http://download.example/forbidden, 406, 20",
        "http://download.example/large, 501, 20",
        "http://download.example/corrupt, 402, 80",
        "http://download.example/foreign, 403, 80"
    })
    void says_what_went_wrong(String url, String result, String state) {
        String base = "http://download.example/";
        ByteString foreign = SimulatedFirmware.pack("another", "2.0", ByteString.utf8("image"));
        store.contents.put(base + "forbidden", new Download.Content(403, "", ByteString.EMPTY));
        store.contents.put(base + "large", new Download.Content(200, "", ByteString.of(new byte[10_001])));
        store.contents.put(base + "corrupt", new Download.Content(200, "", PACKAGE.concat(ByteString.utf8("more"))));
        store.contents.put(base + "foreign", new Download.Content(200, "", foreign));

        assertThat(downloadAndUpdate(url)).isEqualTo(result);
        assertThat(state()).isEqualTo(state);
        assertThat(tree.text("./DevDetail/FwV")).contains("1.0");
    }

    private String downloadAndUpdate(String url) {
        DmClient device = device(FunctionGuard.OPEN, false);
        server.says(
                replace(10, FIRMWARE + "/DownloadAndUpdate/PkgURL", url),
                exec(11, FIRMWARE + "/DownloadAndUpdate", "a"));
        device.connect(ACCOUNT);
        GenericAlert alert = device.performOperations().getFirst();
        assertThat(alert.type()).isEqualTo("org.openmobilealliance.dm.firmwareupdate.downloadandupdate");
        assertThat(alert.mark().isEmpty()).isEqualTo(alert.data().equals("200"));
        return alert.data();
    }

    @Test
    void does_nothing_without_package_or_address() {
        server.says(exec(10, FIRMWARE + "/Update", "a"), exec(11, FIRMWARE + "/Download", "a"));
        device(FunctionGuard.OPEN, false).connect(ACCOUNT);

        assertThat(server.statuses(1)).containsExactly("10 500", "11 500");
    }

    @ParameterizedTest
    @CsvSource({
        "AUTHORISED, true, 60, 90, 200, 2.0",
        "REFUSED, true, 60, 70, 405, 1.0",
        "UNANSWERED, true, 60, 70, 400, 1.0",
        "REFUSED, false, 60, 80, 405, 1.0"
    })
    @Tag("MO-6")
    void an_update_waits_for_leave(
            FunctionGuard.Verdict verdict,
            boolean keepsPackage,
            String waits,
            String ends,
            String result,
            String version) {
        Asked guard = new Asked();
        DmClient device = device(guard, keepsPackage);
        server.says(replacePackage(10, PACKAGE), exec(11, FIRMWARE + "/Update", "job-7"));
        device.connect(ACCOUNT);
        assertThat(device.performOperations()).isEmpty();
        assertThat(state()).isEqualTo(waits);
        assertThat(guard.request)
                .isEqualTo(new FunctionRequest(
                        "urn:oma:mo:oma-fumo:1.0/Update",
                        Fixture.SERVER,
                        Optional.of(FunctionRequest.digest(PACKAGE))));

        guard.answer.accept(verdict);
        assertThat(state()).isEqualTo(ends);
        assertThat(tree.text("./DevDetail/FwV")).contains(version);
        device.connect(ACCOUNT);
        assertThat(genericAlerts()).singleElement().satisfies(alert -> {
            assertThat(alert.correlator()).contains("job-7");
            assertThat(alert.items().getFirst().data().flatMap(Data::asText)).contains(result);
        });
    }

    @ParameterizedTest
    @CsvSource({"AUTHORISED, 90, 200", "REFUSED, 70, 405"})
    @Tag("MO-6")
    void what_is_to_be_downloaded_and_installed_waits_for_leave_when_it_is_there(
            FunctionGuard.Verdict verdict, String ends, String result) {
        store.contents.put(URL, new Download.Content(200, "application/octet-stream", PACKAGE));
        Asked guard = new Asked();
        DmClient device = device(guard, true);
        server.says(
                replace(10, FIRMWARE + "/DownloadAndUpdate/PkgURL", URL),
                exec(11, FIRMWARE + "/DownloadAndUpdate", "a"));
        device.connect(ACCOUNT);
        device.performOperations();
        assertThat(state()).isEqualTo("40");
        assertThat(guard.request.function()).isEqualTo("urn:oma:mo:oma-fumo:1.0/DownloadAndUpdate");
        assertThat(guard.request.digest()).contains(FunctionRequest.digest(PACKAGE));

        guard.answer.accept(verdict);
        assertThat(state()).isEqualTo(ends);
        assertThat(tree.alerts()).extracting(GenericAlert::data).containsExactly(result);
    }

    @ParameterizedTest
    @CsvSource({"AUTHORISED, 50, 200", "REFUSED, 20, 405", "UNANSWERED, 20, 400"})
    @Tag("MO-6")
    void a_download_waits_for_leave_before_anything_is_fetched(
            FunctionGuard.Verdict verdict, String ends, String result) {
        Asked guard = new Asked();
        DmClient device = device(guard, true);
        server.says(replace(10, FIRMWARE + "/Download/PkgURL", URL), exec(11, FIRMWARE + "/Download", "a"));
        device.connect(ACCOUNT);
        device.performOperations();
        assertThat(guard.request)
                .isEqualTo(new FunctionRequest("urn:oma:mo:oma-fumo:1.0/Download", Fixture.SERVER, Optional.empty()));
        store.contents.put(URL, new Download.Content(200, "application/octet-stream", PACKAGE)); // not before

        guard.answer.accept(verdict);
        assertThat(state()).isEqualTo(ends);
        assertThat(tree.alerts()).extracting(GenericAlert::data).containsExactly(result);
    }

    @Test
    @Tag("MO-6")
    @Tag("SEC-5")
    void a_package_that_is_exchanged_while_the_update_waits_is_not_installed() {
        Asked guard = new Asked();
        DmClient device = device(guard, true);
        server.says(replacePackage(10, PACKAGE), exec(11, FIRMWARE + "/Update", "a"));
        device.connect(ACCOUNT);
        device.performOperations();
        server.says(replacePackage(10, SimulatedFirmware.pack(MODEL, "6.6", ByteString.utf8("rogue"))));
        device.connect(ACCOUNT);

        guard.answer.accept(FunctionGuard.Verdict.AUTHORISED);
        assertThat(tree.text("./DevDetail/FwV")).contains("1.0");
        assertThat(state()).isEqualTo("70");
        assertThat(tree.alerts()).extracting(GenericAlert::data).containsExactly("405");
    }

    @Test
    @Tag("MO-6")
    void an_object_that_is_deleted_while_its_update_waits_stays_deleted() {
        Asked guard = new Asked();
        DmClient device = device(guard, false);
        server.says(replacePackage(10, PACKAGE), exec(11, FIRMWARE + "/Update", "a"));
        device.connect(ACCOUNT);
        device.performOperations();
        tree.remove(FIRMWARE);

        guard.answer.accept(FunctionGuard.Verdict.AUTHORISED);
        assertThat(tree.node(FIRMWARE)).isEmpty();
        assertThat(tree.alerts()).extracting(GenericAlert::data).containsExactly("409");
    }

    @Test
    void an_atomic_that_fails_takes_the_state_back() {
        server.says(atomic(10, replacePackage(11, PACKAGE), delete(12, "./MO/No")));
        device(FunctionGuard.OPEN, false).connect(ACCOUNT);

        assertThat(server.statuses(1)).containsExactly("10 507", "11 216", "12 404");
        assertThat(state()).isEqualTo("10");
    }

    @ParameterizedTest
    @CsvSource({"30, false, 20", "40, true, 20", "60, true, 70", "60, false, 80", "50, true, 50"})
    void an_operation_that_ended_with_the_process_has_failed(String before, boolean hasPackage, String after) {
        tree.set(FIRMWARE + "/State", NodeValue.text(before));
        if (hasPackage) {
            tree.set(FIRMWARE + "/Update/PkgData", NodeValue.binary(PACKAGE));
        }
        device(FunctionGuard.OPEN, false);

        assertThat(state()).isEqualTo(after);
    }

    @Test
    void user_and_device_ask_for_an_update() {
        DmClient device = device(FunctionGuard.OPEN, false);
        device.alert(FirmwareUpdate.userRequest(ACCOUNT, FIRMWARE));
        device.alert(FirmwareUpdate.deviceRequest(ACCOUNT, FIRMWARE));
        device.connect(ACCOUNT);

        assertThat(genericAlerts()).allSatisfy(alert -> {
            assertThat(alert.correlator()).isEmpty();
            assertThat(alert.items().getFirst().sourceUri()).contains(FIRMWARE);
            assertThat(alert.items().getFirst().data().flatMap(Data::asText)).contains("");
        });
        assertThat(genericAlerts())
                .extracting(alert ->
                        alert.items().getFirst().meta().flatMap(Meta::type).orElseThrow())
                .containsExactly(
                        "org.openmobilealliance.dm.firmwareupdate.userrequest",
                        "org.openmobilealliance.dm.firmwareupdate.devicerequest");
    }
}
