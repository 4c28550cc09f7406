// SPDX-License-Identifier: Apache-2.0
package org.bipline.me.dm;

import java.util.List;
import java.util.Optional;
import org.bipline.dm.ByteString;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.bipline.dm.syncml.StatusCode;
import org.bipline.dm.tnds.MgmtNode;

/**
 * FUMO 1.0 over a simulated firmware. Handles all firmware update objects below {@link #OBJECTS}; a package that was downloaded takes the
 * place of one that came by Replace of PkgData.
 */
public final class FirmwareUpdate implements ExecHandler {
    /** Where firmware update objects are. */
    public static final String OBJECTS = "./FwUpdate";

    private static final String ALERT_TYPE = "org.openmobilealliance.dm.firmwareupdate.";
    private static final String PKG_DATA = "/Update/PkgData";
    private static final List<FumoState> BUSY =
            List.of(FumoState.DOWNLOAD_PROGRESSING, FumoState.DOWNLOAD_COMPLETE, FumoState.UPDATE_PROGRESSING);

    private final ManagementTree tree;
    private final PackageDownload download;
    private final Firmware firmware;
    private final FunctionGuard guard;
    private final boolean keepsPackage;

    /**
     * @param maxPackageSize octets of the largest package that is downloaded
     * @param keepsPackage true if a package stays on the device after its update
     */
    public FirmwareUpdate(
            ManagementTree tree,
            Download download,
            Firmware firmware,
            FunctionGuard guard,
            long maxPackageSize,
            boolean keepsPackage) {
        this.tree = tree;
        this.download = new PackageDownload(download, maxPackageSize);
        this.firmware = firmware;
        this.guard = guard;
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
        if (!guard.allows(FunctionGuard.Function.FIRMWARE_UPDATE, request.server())) {
            return Answer.refused(StatusCode.FORBIDDEN);
        }
        if (tree.node(object + "/State").isEmpty() || isBusy(object)) {
            return Answer.refused(StatusCode.COMMAND_FAILED);
        }
        return switch (request.uri().substring(slash + 1)) {
            case "Download" -> download(request, object, "/Download", false);
            case "DownloadAndUpdate" -> download(request, object, "/DownloadAndUpdate", true);
            case "Update" -> update(request, object);
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

    private Answer download(Request request, String object, String node, boolean andUpdate) {
        Optional<String> url = tree.text(object + node + "/PkgURL").filter(text -> !text.isEmpty());
        if (url.isEmpty()) {
            return Answer.refused(StatusCode.COMMAND_FAILED);
        }
        state(object, FumoState.DOWNLOAD_PROGRESSING);
        String type = andUpdate ? "downloadandupdate" : "download";
        return Answer.accepted(() -> alert(request, object, type, fetch(object, url.get(), andUpdate)));
    }

    private FumoResult fetch(String object, String url, boolean andUpdate) {
        PackageDownload.Outcome outcome = download.fetch(url);
        FumoResult result = outcome.result();
        if (result.isSuccess() && !store(object, outcome.body())) {
            result = FumoResult.DOWNLOAD_OUT_OF_MEMORY;
        }
        if (!result.isSuccess()) {
            state(object, FumoState.DOWNLOAD_FAILED);
            return result;
        }
        state(object, FumoState.DOWNLOAD_COMPLETE);
        if (andUpdate) {
            state(object, FumoState.UPDATE_PROGRESSING);
            return install(object);
        }
        state(object, FumoState.READY_TO_UPDATE);
        return result;
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

    private Answer update(Request request, String object) {
        if (!hasPackage(object)) {
            return Answer.refused(StatusCode.COMMAND_FAILED);
        }
        state(object, FumoState.UPDATE_PROGRESSING);
        return Answer.accepted(() -> alert(request, object, "update", install(object)));
    }

    private FumoResult install(String object) {
        Firmware.Installation installation =
                firmware.install(tree.octets(object + PKG_DATA).orElse(ByteString.EMPTY));
        boolean success = installation.result().isSuccess();
        installation.version().ifPresent(version -> {
            tree.set("./DevDetail/FwV", NodeValue.text(version));
            tree.put(object, MgmtNode.leaf("PkgVersion", version).build());
        });
        if (keepsPackage) {
            state(object, success ? FumoState.UPDATE_SUCCESSFUL_HAVE_DATA : FumoState.UPDATE_FAILED_HAVE_DATA);
        } else {
            putPackage(object, ByteString.EMPTY);
            state(object, success ? FumoState.UPDATE_SUCCESSFUL_NO_DATA : FumoState.UPDATE_FAILED_NO_DATA);
        }
        return installation.result();
    }

    private static GenericAlert alert(Request request, String object, String operation, FumoResult result) {
        return new GenericAlert(
                request.account(),
                object,
                ALERT_TYPE + operation,
                result.isSuccess() ? Optional.empty() : Optional.of("critical"),
                request.correlator(),
                Integer.toString(result.code()));
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
