// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import static org.bipline.cat.object.Layout.bytes;
import static org.bipline.cat.object.Layout.code;
import static org.bipline.cat.object.Layout.computed;
import static org.bipline.cat.object.Layout.counted;
import static org.bipline.cat.object.Layout.flags;
import static org.bipline.cat.object.Layout.list;
import static org.bipline.cat.object.Layout.plmn;
import static org.bipline.cat.object.Layout.rest;
import static org.bipline.cat.object.Layout.tagged;
import static org.bipline.cat.object.Layout.text;
import static org.bipline.cat.object.Layout.u16;
import static org.bipline.cat.object.Layout.u24;
import static org.bipline.cat.object.Layout.u8;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bipline.cat.text.AlphaText;
import org.bipline.cat.text.CellBroadcastText;
import org.bipline.cat.tlv.ByteString;

/** The fields of the plain objects of 3GPP TS 31.111 clause 8, in the order of its clauses. */
final class UsatLayouts {
    /** Clause 8.5: a page of 3GPP TS 23.041 clause 9.4.1.2. */
    static final Layout CELL_BROADCAST_PAGE = computed(
            6,
            88,
            v -> Fields.of()
                    .put("serialNumber", v.u16(0))
                    .put(
                            "geographicalScope",
                            Fields.code(
                                    v.u8(0) >> 6,
                                    "cell wide, immediate",
                                    "PLMN wide, normal",
                                    "location area wide, normal",
                                    "cell wide, normal"))
                    .put("messageCode", v.u16(0) >> 4 & 0x3FF)
                    .put("updateNumber", v.u16(0) & 0xF)
                    .put("messageIdentifier", v.u16(2))
                    .put("dataCodingScheme", v.u8(4))
                    .put("page", v.u8(5) >> 4)
                    .put("pages", v.u8(5) & 0xF)
                    .put("content", v.slice(6))
                    .put("text", CellBroadcastText.decode(v.u8(4), v.slice(6))));

    static final Layout NETWORK_MEASUREMENT_RESULTS = computed(0, Integer.MAX_VALUE, Measurements::results);
    static final Layout BCCH_CHANNEL_LIST = computed(0, Integer.MAX_VALUE, Measurements::channels);
    /** Clause 8.30: the objects of the card's answer to CALL CONTROL, without the result before them. */
    static final Layout CALL_CONTROL_REQUESTED_ACTION =
            Layout.of(tagged("objects", (tag, v) -> nested(tag, v, UsatLayouts::ofCallControl)));

    static final Layout BC_REPEAT_INDICATOR =
            Layout.of(code("repeatIndicator", "", "alternate mode", "sequential mode"));
    static final Layout TIMING_ADVANCE = Layout.of(code("meStatus", "idle", "not idle"), u8("timingAdvance"));
    static final Layout WLAN_ACCESS_STATUS = Layout.of(
            code("accessStatus", "no coverage", "coverage, no connection active", "coverage, connection active"));
    /** Clause 8.72: the whole message of the mobility or session management that the context is asked for with. */
    static final Layout CONTEXT_ACTIVATION_PARAMETERS = computed(0, Integer.MAX_VALUE, NasMessage::fields);
    /** Clause 8.143: the data network name goes before the message. */
    static final Layout PDU_SESSION_ESTABLISHMENT_PARAMETERS =
            computed(0, Integer.MAX_VALUE, NasMessage::withDataNetworkName);
    /** Clause 8.134: units of Ts; FFFF where the ME has not been connected on this cell. */
    static final Layout EUTRAN_TIMING_ADVANCE =
            Layout.of(code("meStatus", "idle", "not idle"), u16("primaryTimingAdvance"));
    /** Clause 8.144: units of Ts; FFFFFF where the ME has not been connected on this cell. */
    static final Layout NG_RAN_TIMING_ADVANCE =
            Layout.of(code("meStatus", "idle", "inactive", "connected"), u24("primaryTimingAdvance"));
    /** Clause 8.119: frequency of four bytes, then the message of 3GPP TS 36.331. */
    static final Layout EUTRAN_INTER_FREQUENCY_MEASUREMENT_RESULTS = computed(
            5,
            Integer.MAX_VALUE,
            v -> EutranMeasurements.fields(v.slice(4)).put("frequency", v.u16(0) << 16 | v.u16(2)));

    static final Layout MEASUREMENT_QUALIFIER = Layout.of(code(
            "qualifier",
            "",
            "UTRAN intra-frequency",
            "UTRAN inter-frequency",
            "UTRAN inter-RAT (GERAN)",
            "UTRAN inter-RAT (E-UTRAN)",
            "E-UTRAN intra-frequency",
            "E-UTRAN inter-frequency",
            "E-UTRAN inter-RAT (GERAN)",
            "E-UTRAN inter-RAT (UTRAN)",
            "E-UTRAN inter-RAT (NR)",
            "NG-RAN intra-frequency",
            "NG-RAN inter-frequency",
            "NG-RAN inter-RAT (E-UTRAN)",
            "NG-RAN inter-RAT (UTRAN)"));
    /** Clause 8.90: as EF OPLMNwACT, 3GPP TS 31.102 clause 4.2.53. */
    static final Layout PLMN_WITH_ACCESS_TECHNOLOGY_LIST = Layout.of(list(
            "plmns",
            5,
            v -> Fields.of()
                    .put("plmn", SemiOctets.plmn(v.slice(0, 3)))
                    .put(
                            "accessTechnologies",
                            Fields.flags(
                                    v.u16(3),
                                    "",
                                    "",
                                    "",
                                    "",
                                    "cdma2000 1xRTT",
                                    "cdma2000 HRPD",
                                    "GSM COMPACT",
                                    "GSM",
                                    "",
                                    "",
                                    "",
                                    "NG-RAN",
                                    "",
                                    "",
                                    "E-UTRAN",
                                    "UTRAN"))
                    .toMap()));

    static final Layout ROUTING_AREA_INFORMATION =
            Layout.of(plmn("plmn"), u16("locationAreaCode"), u8("routingAreaCode"));
    static final Layout UPDATE_ATTACH_REGISTRATION_TYPE = Layout.of(code(
            "type",
            "normal location updating",
            "periodic updating",
            "IMSI attach",
            "GPRS attach",
            "combined GPRS/IMSI attach",
            "RA updating",
            "combined RA/LA updating",
            "combined RA/LA updating with IMSI attach",
            "periodic RA updating",
            "EPS attach",
            "combined EPS/IMSI attach",
            "TA updating",
            "combined TA/LA updating",
            "combined TA/LA updating with IMSI attach",
            "periodic TA updating",
            "initial registration",
            "mobility registration updating",
            "periodic registration updating"));
    static final Layout CAUSE_CODE = Layout.of(u8("cause"));
    static final Layout GEOGRAPHICAL_LOCATION_PARAMETERS = Layout.of(
            u8("horizontalAccuracy"),
            u8("verticalCoordinate"),
            flags(
                    "velocity",
                    "horizontal requested",
                    "vertical requested",
                    "horizontal uncertainty requested",
                    "vertical uncertainty requested"),
            flags(
                    "preferredGadShapes",
                    "ellipsoid point",
                    "ellipsoid point with uncertainty circle",
                    "ellipsoid point with uncertainty ellipse",
                    "ellipsoid point with altitude",
                    "polygon",
                    "ellipsoid point with altitude and uncertainty ellipsoid",
                    "ellipsoid arc"),
            flags("preferredNmeaSentences", "RMC", "GGA", "GLL", "GNS"),
            u8("preferredMaximumResponseTime"));
    /** Clause 8.95: shape and velocity of 3GPP TS 23.032, each with its length. */
    static final Layout GAD_SHAPES = computed(1, Integer.MAX_VALUE, GadShape::fields);

    static final Layout NMEA_SENTENCE = computed(0, Integer.MAX_VALUE, v -> {
        String sentence = new String(v.toBytes(), StandardCharsets.US_ASCII);
        List<Object> parts = new ArrayList<>(List.of(sentence.strip().split("[,*]", -1)));
        return Fields.of().put("sentence", sentence).put("parts", parts);
    });
    static final Layout PLMN_LIST = Layout.of(list("plmns", 3, SemiOctets::plmn));
    static final Layout TRACKING_AREA_IDENTIFICATION = Layout.of(plmn("plmn"), rest("trackingAreaCode"));
    /** Clause 8.100: a PLMN and the CSGs of it, each with the name of its home node B; then the next PLMN. */
    static final Layout CSG_ID_LIST = Layout.of(tagged("entries", UsatLayouts::csg));

    static final Layout CSG_CELL_SELECTION_STATUS = Layout.of(
            code(
                    "generalInformation",
                    "not camped on a cell of the allowed or operator CSG list",
                    "camped on a cell of the allowed or operator CSG list"),
            flags(
                    "additionalInformation",
                    "present",
                    "",
                    "",
                    "",
                    "",
                    "",
                    "manual CSG selection",
                    "other CSG selection"));
    static final Layout CSG_ID = computed(4, 4, v -> Fields.of().put("csgId", csgId(v)));
    /** One of the codings in UCS2, 3GPP TS 31.102 clause 4.4.6.4. */
    static final Layout HNB_NAME = Layout.of(rest("name", AlphaText::decode));

    static final Layout TEXT_URI = Layout.of(text("uri"));
    static final Layout IARI = Layout.of(text("iari"));
    /** Clause 8.111: one object of tag 80 for each public user identity. */
    static final Layout IMPU_LIST = computed(0, Integer.MAX_VALUE, v -> {
        List<Object> identities = new ArrayList<>();
        for (int at = 0; at < v.length(); at += 2 + v.u8(at + 1)) {
            ByteString identity = v.slice(at + 2, at + 2 + v.u8(at + 1));
            identities.add(new String(identity.toBytes(), StandardCharsets.UTF_8));
        }
        return Fields.of().put("publicUserIdentities", identities);
    });

    static final Layout IMS_STATUS_CODE = Layout.of(text("statusCode"));
    static final Layout IMS_CALL_DISCONNECTION_CAUSE = Layout.of(code("protocol", "", "SIP", "Q.850"), u16("cause"));
    static final Layout MEDIA_TYPE = Layout.of(flags("media", "voice", "video"));
    /** Clause 8.135: its presence says it. */
    static final Layout URI_TRUNCATED = computed(0, 0, v -> Fields.of().put("truncated", true));
    /** Clause 8.140: Other address objects. */
    static final Layout IP_ADDRESS_LIST = Layout.of(tagged("addresses", (tag, v) -> nested(tag, v, TagMeaning.USUAL)));
    /** Clause 8.141: Access technology objects, then a Location information object for each. */
    static final Layout SURROUNDING_MACROCELLS =
            Layout.of(tagged("objects", (tag, v) -> nested(tag, v, TagMeaning.USUAL)));

    static final Layout PLMN_ID = Layout.of(plmn("plmn"));
    static final Layout SSID = Layout.of(text("ssid"));
    static final Layout BSSID = Layout.of(bytes("bssid", 6));
    static final Layout HESSID = Layout.of(bytes("hessid", 6));
    /** Clause 8.128: XML of 3GPP TS 24.334. */
    static final Layout PROSE_REPORT_DATA = Layout.of(text("report"));

    static final Layout DATA_CONNECTION_STATUS =
            Layout.of(code("status", "successful", "rejected", "dropped or deactivated"));
    static final Layout DATA_CONNECTION_TYPE =
            Layout.of(code("type", "PDP connection", "PDN connection", "PDU connection"));
    /** Codes of 3GPP TS 24.008 and TS 24.501: 4 is PPP or unstructured, 5 non-IP or Ethernet. */
    static final Layout PDP_PDN_PDU_TYPE =
            Layout.of(code("type", "IPv4", "IPv6", "", "IPv4v6", "PPP or unstructured", "non-IP or Ethernet"));
    /** Clause 8.145: a number of S-NSSAIs of four bytes; SD FFFFFF stands for none, 3GPP TS 23.003 clause 28.4.2. */
    static final Layout SLICES_INFORMATION = computed(0, Integer.MAX_VALUE, v -> {
        List<Object> slices = new ArrayList<>();
        for (int i = 0; !v.isEmpty() && i < v.u8(0); i++) {
            slices.add(servedSlice(v.slice(1 + 4 * i, 5 + 4 * i)));
        }
        return Fields.of().put("servedSlices", slices);
    });
    /** S-NSSAIs with their lengths, 3GPP TS 24.501 clause 9.11.2.8. */
    static final Layout SLICES = Layout.of(counted("slices", UsatLayouts::slice));

    static final Layout SLICES_STATUS = Layout.of(rest("status"));
    static final Layout REJECTED_SLICES = Layout.of(rest("rejectedSlices"));
    /** Entries of 3GPP TS 24.501 clause 9.11.3.18A: length, PLMN, CAG-IDs of four bytes. */
    static final Layout CAG_INFORMATION_LIST = Layout.of(counted("entries", UsatLayouts::cag));

    /** As the CSG cell selection status. */
    static final Layout CAG_CELL_SELECTION_STATUS = Layout.of(
            code("generalInformation", "not camped on a CAG cell", "camped on a CAG cell"),
            flags(
                    "additionalInformation",
                    "present",
                    "",
                    "",
                    "",
                    "",
                    "",
                    "manual CAG selection",
                    "other CAG selection"));
    /** One object of tag 80 for each name, in UTF-8 as cells broadcast it, 3GPP TS 38.331 clause 6.3.1. */
    static final Layout CAG_NAME_LIST = Layout.of(tagged("names", UsatLayouts::cagName));
    /** What a network rejection is about besides its cause. */
    static final Layout EXTENDED_INFORMATION = Layout.of(code("type", "", "CAG-ID"), rest("information"));

    private static final ByteString NO_SLICE_DIFFERENTIATOR = ByteString.of(0xFF, 0xFF, 0xFF);
    private static final int COMPREHENSION_REQUIRED = 0x80;
    private static final int PLMN_TAG = 0x80;
    private static final int CSG_TAG = 0x81;
    private static final int CAG_NAME_TAG = 0x80;

    private UsatLayouts() {}

    private static Object slice(ByteString v) {
        Fields fields = Fields.of();
        if (!v.isEmpty()) {
            fields.put("sst", v.u8(0));
        }
        if (v.length() >= 4) {
            fields.put("sd", v.slice(1, 4));
        }
        int mapped = v.length() >= 4 ? 4 : 1;
        return v.length() > mapped ? fields.put("mapped", v.slice(mapped)).toMap() : fields.toMap();
    }

    private static Object servedSlice(ByteString v) {
        Fields fields = Fields.of().put("sst", v.u8(0));
        return (v.slice(1).equals(NO_SLICE_DIFFERENTIATOR) ? fields : fields.put("sd", v.slice(1))).toMap();
    }

    /** A COMPREHENSION-TLV object within another. */
    private static Object nested(int tag, ByteString v, TagMeaning meaning) {
        int usual = tag & ~COMPREHENSION_REQUIRED;
        if (usual == 0 || usual > ComprehensionTlv.MAX_SHORT_TAG) {
            return Fields.of().put("tag", tag).put("value", v).toMap();
        }
        DataObject object = DataObjectType.decode(usual, v, 0, v.length(), meaning);
        return Fields.of().put("name", object.title()).putAll(object.fields()).toMap();
    }

    /** What tags mean that CALL CONTROL gives another meaning than the usual one. Clause 7.3.1.6. */
    private static DataObjectType ofCallControl(int tag, DataObjectType usual) {
        return Stream.of(
                        DataObjectType.PDU_SESSION_ESTABLISHMENT_PARAMETERS,
                        DataObjectType.IMS_URI,
                        DataObjectType.MEDIA_TYPE)
                .filter(type -> type.tag() == tag)
                .findFirst()
                .orElse(usual);
    }

    private static Object csg(int tag, ByteString v) {
        if (tag == PLMN_TAG && v.length() == 3) {
            return Fields.of().put("plmn", SemiOctets.plmn(v)).toMap();
        }
        if (tag == CSG_TAG && v.length() >= 4) {
            return Fields.of()
                    .put("csgId", csgId(v))
                    .put("name", AlphaText.decode(v.slice(4)))
                    .toMap();
        }
        return Fields.of().put("tag", tag).put("value", v).toMap();
    }

    /** 27 bits, the first ones of four bytes; the others are 1. 3GPP TS 31.102 clause 4.4.6.2. */
    private static int csgId(ByteString v) {
        return v.u16(0) << 11 | v.u16(2) >> 5;
    }

    private static Object cagName(int tag, ByteString v) {
        return tag == CAG_NAME_TAG
                ? new String(v.toBytes(), StandardCharsets.UTF_8)
                : Fields.of().put("tag", tag).put("value", v).toMap();
    }

    private static Object cag(ByteString v) {
        if (v.length() < 3) {
            return v.toString();
        }
        List<Object> identifiers = new ArrayList<>();
        for (int at = 3; at < v.length(); at += 4) {
            identifiers.add(v.slice(at, Math.min(v.length(), at + 4)).toString());
        }
        return Fields.of()
                .put("plmn", SemiOctets.plmn(v.slice(0, 3)))
                .put("cagIds", identifiers)
                .toMap();
    }
}
