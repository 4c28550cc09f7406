// SPDX-License-Identifier: Apache-2.0
package org.bipline.me.dm;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import org.bipline.dm.ByteString;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.bipline.dm.ddf.DdfException;
import org.bipline.dm.ddf.DeviceDescription;
import org.bipline.dm.tnds.MgmtNode;

/** The tree that the ME leaves the factory with; {@code device.ddf.xml} describes it. */
public final class DeviceTree {
    /** Root of the FUMO object that the ME has from the factory. */
    public static final String FIRMWARE = "./FwUpdate/Device";

    private static final String DDF = "device.ddf.xml";
    private static final String DM_CLIENT_VERSION = "bipline 1.2";
    private static final int DEFAULT_CAPACITY = 4 * 1024 * 1024;

    private DeviceTree() {}

    /** A tree with the objects of the standard and no account. */
    public static ManagementTree factory(DeviceIdentity identity, Clock clock) {
        return factory(identity, clock, DEFAULT_CAPACITY);
    }

    /**
     * A tree with the objects of the standard and no account.
     *
     * @param capacity octets of names and values, and 32 for each node, that the tree may have
     */
    public static ManagementTree factory(DeviceIdentity identity, Clock clock, int capacity) {
        MgmtNode root = MgmtNode.interior("")
                .acl("Add=*&Get=*")
                .child(devInfo(identity))
                .child(devDetail(identity))
                .child(MgmtNode.interior("DMAcc"))
                .child(MgmtNode.interior("Con"))
                .child(MgmtNode.interior("FwUpdate")
                        .acl("Add=*&Delete=*&Exec=*&Get=*&Replace=*")
                        .child(firmware("Device")))
                .child(MgmtNode.interior("Inbox").type("urn:oma:mo:oma-dm-inbox:1.0"))
                .child(MgmtNode.interior("MO"))
                .child(MgmtNode.interior("CardSync"))
                .build();
        return new ManagementTree(root, description().nodes(), clock, capacity);
    }

    /** The description of what the ME has from the factory, and of what may be added to it. */
    public static DeviceDescription description() {
        try (InputStream file = DeviceTree.class.getResourceAsStream(DDF)) {
            if (file == null) {
                throw new IllegalStateException(DDF + " is missing in the archive");
            }
            return DeviceDescription.fromXml(file.readAllBytes());
        } catch (IOException | DdfException e) {
            throw new IllegalStateException(DDF + " of the archive is damaged", e);
        }
    }

    private static MgmtNode.Builder devInfo(DeviceIdentity identity) {
        return MgmtNode.interior("DevInfo")
                .type("urn:oma:mo:oma-dm-devinfo:1.0")
                .child(MgmtNode.leaf("DevId", identity.devId()))
                .child(MgmtNode.leaf("Man", identity.man()))
                .child(MgmtNode.leaf("Mod", identity.mod()))
                .child(MgmtNode.leaf("DmV", DM_CLIENT_VERSION))
                .child(MgmtNode.leaf("Lang", identity.lang()));
    }

    private static MgmtNode.Builder devDetail(DeviceIdentity identity) {
        return MgmtNode.interior("DevDetail")
                .type("urn:oma:mo:oma-dm-devdetail:1.0")
                .child(MgmtNode.interior("URI")
                        .child(MgmtNode.leaf("MaxDepth", Integer.toString(NodeUri.MAX_DEPTH)))
                        .child(MgmtNode.leaf("MaxTotLen", Integer.toString(NodeUri.MAX_TOTAL_LENGTH)))
                        .child(MgmtNode.leaf("MaxSegLen", Integer.toString(NodeUri.MAX_SEGMENT_LENGTH))))
                .child(MgmtNode.leaf("DevTyp", "phone"))
                .child(MgmtNode.leaf("OEM", identity.oem()))
                .child(MgmtNode.leaf("FwV", identity.fwV()))
                .child(MgmtNode.leaf("SwV", identity.swV()))
                .child(MgmtNode.leaf("HwV", identity.hwV()))
                .child(MgmtNode.named("LrgObj").format(Format.BOOL).value(NodeValue.text("true")));
    }

    /** A FUMO object without a package, in state 10. */
    static MgmtNode firmware(String name) {
        return MgmtNode.interior(name)
                .type("urn:oma:mo:oma-fumo:1.0")
                .child(MgmtNode.leaf("PkgName", ""))
                .child(MgmtNode.leaf("PkgVersion", ""))
                .child(MgmtNode.interior("Download").child(MgmtNode.leaf("PkgURL", "")))
                .child(MgmtNode.interior("Update")
                        .child(MgmtNode.named("PkgData").format(Format.BIN).value(NodeValue.binary(ByteString.EMPTY))))
                .child(MgmtNode.interior("DownloadAndUpdate").child(MgmtNode.leaf("PkgURL", "")))
                .child(MgmtNode.named("State").format(Format.INT).value(NodeValue.text("10")))
                .build();
    }
}
