// SPDX-License-Identifier: Apache-2.0
package org.bipline.me.dm;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bipline.dm.ByteString;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.bipline.dm.syncml.StatusCode;
import org.bipline.dm.tnds.MgmtNode;

/**
 * FUMO 1.0 over a simulated firmware. Handles all firmware update objects below {@link #OBJECTS}; a package that was downloaded takes the
 * place of one that came by Replace of PkgData.
 *
 * <p>Each operation needs leave: Download before it begins, Update with the digest of its package, DownloadAndUpdate between the two,
 * as the digest is not known before. What is installed has that digest, whatever has become of the package meanwhile.
 */
public final class FirmwareUpdate implements ExecHandler {
    /** Where firmware update objects are. */
    public static final String OBJECTS = "./FwUpdate";

    private static final String ALERT_TYPE = "org.openmobilealliance.dm.firmwareupdate.";
    private static final String IDENTIFIER = "urn:oma:mo:oma-fumo:1.0/";
    private static final String PKG_DATA = "/Update/PkgData";
    private static final List<FumoState> BUSY =
            List.of(FumoState.DOWNLOAD_PROGRESSING, FumoState.DOWNLOAD_COMPLETE, FumoState.UPDATE_PROGRESSING);

    private final ManagementTree tree;
    private final PackageDownload download;
    private final Firmware firmware;
    private final boolean keepsPackage;

    /**
     * @param maxPackageSize octets of the largest package that is downloaded
     * @param keepsPackage true if a package stays on the device after its update
     */
    public FirmwareUpdate(
            ManagementTree tree, Download download, Firmware firmware, long maxPackageSize, boolean keepsPackage) {
        this.tree = tree;
        this.download = new PackageDownload(download, maxPackageSize);
        this.firmware = firmware;
        this.keepsPackage = keepsPackage;
        tree.node(OBJECTS).map(MgmtNode::children).orElse(List.of()).forEach(this::interrupted);
    }

    /** An operation that ended with the process before this one has failed. */
    private void interrupted(MgmtNode node) {
        String object = OBJECTS + "/" + node.name();
        if (isBusy(object)) {
            boolean updating = isIn(object, FumoState.UPDATE_PROGRESSING);
            boolean hasPackage = hasPackage(object);
            state(
                    object,
                    !updating
                            ? FumoState.DOWNLOAD_FAILED
                            : hasPackage ? FumoState.UPDATE_FAILED_HAVE_DATA : FumoState.UPDATE_FAILED_NO_DATA);
        }
    }

    /**
     * The alert by which the user asks a server for an update. FUMO 1.0, client initiated firmware update.
     *
     * @param account account of the server: root of its DMAcc object
     * @param object the firmware: root of its firmware update object
     */
    public static GenericAlert userRequest(String account, String object) {
        return new GenericAlert(account, object, ALERT_TYPE + "userrequest", Optional.empty(), Optional.empty(), "");
    }

    /** The alert by which the device itself asks; see {@link #userRequest}. */
    public static GenericAlert deviceRequest(String account, String object) {
        return new GenericAlert(account, object, ALERT_TYPE + "devicerequest", Optional.empty(), Optional.empty(), "");
    }

    @Override
    public Answer execute(Request request) {
        int slash = request.uri().lastIndexOf('/');
        String object = request.uri().substring(0, slash);
        if (tree.node(object + "/State").isEmpty() || isBusy(object)) {
            return Answer.refused(StatusCode.COMMAND_FAILED);
        }
        Run run = new Run(request, object, request.uri().substring(slash + 1));
        return switch (run.operation()) {
            case "Download" -> download(run, url -> run.asks(Optional.empty(), () -> fetch(run, url, false)));
            case "DownloadAndUpdate" -> download(run, url -> fetch(run, url, true));
            case "Update" -> update(run);
            default -> Answer.refused(StatusCode.OPTIONAL_FEATURE_NOT_SUPPORTED);
        };
    }

    private boolean isBusy(String object) {
        return BUSY.stream().anyMatch(state -> isIn(object, state));
    }

    private boolean isIn(String object, FumoState state) {
        return tree.text(object + "/State").equals(Optional.of(Integer.toString(state.code())));
    }

    private boolean hasPackage(String object) {
        return tree.octets(object + PKG_DATA)
                .filter(octets -> !octets.isEmpty())
                .isPresent();
    }

    private Answer download(Run run, Function<String, Progress> operation) {
        Optional<String> url =
                tree.text(run.object() + "/" + run.operation() + "/PkgURL").filter(text -> !text.isEmpty());
        if (url.isEmpty()) {
            return Answer.refused(StatusCode.COMMAND_FAILED);
        }
        state(run.object(), FumoState.DOWNLOAD_PROGRESSING);
        return Answer.accepted(() -> operation.apply(url.get()));
    }

    private Progress fetch(Run run, String url, boolean andUpdate) {
        PackageDownload.Outcome outcome = download.fetch(url);
        FumoResult result = outcome.result();
        if (result.isSuccess() && !store(run.object(), outcome.body())) {
            result = FumoResult.DOWNLOAD_OUT_OF_MEMORY;
        }
        if (!result.isSuccess()) {
            state(run.object(), FumoState.DOWNLOAD_FAILED);
            return run.over(result);
        }
        state(run.object(), FumoState.DOWNLOAD_COMPLETE);
        if (andUpdate) {
            return install(run);
        }
        state(run.object(), FumoState.READY_TO_UPDATE);
        return run.over(result);
    }

    private boolean store(String object, ByteString body) {
        MgmtNode before = tree.root();
        putPackage(object, body);
        try {
            tree.checkCapacity();
            return true;
        } catch (Refusal full) {
            tree.restore(before);
            return false;
        }
    }

    private void putPackage(String object, ByteString body) {
        if (tree.node(object + "/Update").isEmpty()) {
            tree.put(object, MgmtNode.interior("Update").build());
        }
        tree.put(
                object + "/Update",
                MgmtNode.named("PkgData")
                        .format(Format.BIN)
                        .value(NodeValue.binary(body))
                        .build());
    }

    private Answer update(Run run) {
        if (!hasPackage(run.object())) {
            return Answer.refused(StatusCode.COMMAND_FAILED);
        }
        state(run.object(), FumoState.UPDATE_PROGRESSING);
        return Answer.accepted(() -> install(run));
    }

    private Progress install(Run run) {
        ByteString asked = FunctionRequest.digest(updatePackage(run.object()));
        return run.asks(Optional.of(asked), () -> {
            state(run.object(), FumoState.UPDATE_PROGRESSING);
            ByteString octets = updatePackage(run.object());
            if (!FunctionRequest.digest(octets).equals(asked)) { // a server has written another meanwhile
                return run.over(updated(run.object(), FumoResult.PACKAGE_NOT_ACCEPTABLE));
            }
            Firmware.Installation installation = firmware.install(octets);
            installation.version().ifPresent(version -> {
                tree.set("./DevDetail/FwV", NodeValue.text(version));
                tree.put(run.object(), MgmtNode.leaf("PkgVersion", version).build());
            });
            return run.over(updated(run.object(), installation.result()));
        });
    }

    private ByteString updatePackage(String object) {
        return tree.octets(object + PKG_DATA).orElse(ByteString.EMPTY);
    }

    /** The update has ended so. */
    private FumoResult updated(String object, FumoResult result) {
        boolean success = result.isSuccess();
        if (keepsPackage) {
            state(object, success ? FumoState.UPDATE_SUCCESSFUL_HAVE_DATA : FumoState.UPDATE_FAILED_HAVE_DATA);
        } else {
            putPackage(object, ByteString.EMPTY);
            state(object, success ? FumoState.UPDATE_SUCCESSFUL_NO_DATA : FumoState.UPDATE_FAILED_NO_DATA);
        }
        return result;
    }

    /** An operation under way. */
    private final class Run {
        private final Request request;
        private final String object;
        private final String operation; // name of the node that was executed

        Run(Request request, String object, String operation) {
            this.request = request;
            this.object = object;
            this.operation = operation;
        }

        String object() {
            return object;
        }

        String operation() {
            return operation;
        }

        Progress asks(Optional<ByteString> digest, Supplier<Progress> allowed) {
            FunctionRequest asked = new FunctionRequest(IDENTIFIER + operation, request.server(), digest);
            return new Asks(asked, verdict -> {
                if (tree.node(object + "/State").isEmpty()) { // a server has deleted the object meanwhile
                    return over(FumoResult.UNDEFINED_ERROR);
                }
                return switch (verdict) {
                    case AUTHORISED -> allowed.get();
                    case REFUSED -> refused(FumoResult.PACKAGE_NOT_ACCEPTABLE);
                    case UNANSWERED -> refused(FumoResult.CLIENT_ERROR);
                };
            });
        }

        private Progress refused(FumoResult result) {
            if (isIn(object, FumoState.DOWNLOAD_PROGRESSING)) {
                state(object, FumoState.DOWNLOAD_FAILED);
            } else {
                updated(object, result);
            }
            return over(result);
        }

        Progress over(FumoResult result) {
            return new Over(new GenericAlert(
                    request.account(),
                    object,
                    ALERT_TYPE + operation.toLowerCase(Locale.ROOT),
                    result.isSuccess() ? Optional.empty() : Optional.of("critical"),
                    request.correlator(),
                    Integer.toString(result.code())));
        }
    }

    /** A package that comes by DM makes the device ready; an empty one takes it back to where it began. */
    @Override
    public void written(String uri) {
        if (!uri.endsWith(PKG_DATA)) {
            return;
        }
        String object = uri.substring(0, uri.length() - PKG_DATA.length());
        boolean empty = tree.octets(uri).orElse(ByteString.EMPTY).isEmpty();
        if (tree.node(object + "/State").isPresent() && !isBusy(object)) {
            state(object, empty ? FumoState.IDLE : FumoState.READY_TO_UPDATE);
        }
    }

    private void state(String object, FumoState state) {
        tree.set(object + "/State", NodeValue.text(Integer.toString(state.code())));
    }
}
