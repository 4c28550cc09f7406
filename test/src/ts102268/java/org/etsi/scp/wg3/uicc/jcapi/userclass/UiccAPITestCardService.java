// SPDX-License-Identifier: Apache-2.0
package org.etsi.scp.wg3.uicc.jcapi.userclass;

import org.bipline.test.ts102268.SuiteCard;
import org.etsi.scp.wg3.uicc.jcapi.userinterface.APDUResponse;
import org.etsi.scp.wg3.uicc.jcapi.userinterface.UiccAdministrativeCommandsService;
import org.etsi.scp.wg3.uicc.jcapi.userinterface.UiccApplicationManagementService;
import org.etsi.scp.wg3.uicc.jcapi.userinterface.UiccCardManagementService;
import org.etsi.scp.wg3.uicc.jcapi.userinterface.UiccToolkitService;

/** The card service of the suite, which the owner of a card writes: commands in hex to {@link SuiteCard}. */
public final class UiccAPITestCardService
        implements UiccCardManagementService,
                UiccAdministrativeCommandsService,
                UiccApplicationManagementService,
                UiccToolkitService {
    private record Response(String data, String statusWord) implements APDUResponse {
        static Response of(String response) {
            int end = response.length() - 4;
            return new Response(response.substring(0, end), response.substring(end));
        }

        @Override
        public String getStatusWord() {
            return statusWord;
        }

        @Override
        public String getData() {
            return data;
        }

        @Override
        public boolean checkSw(String expectedSw) {
            return SuiteCard.current().check("status word", expectedSw, statusWord);
        }

        @Override
        public boolean checkData(String expectedData) {
            return SuiteCard.current().check("response data", expectedData, data);
        }
    }

    public static UiccAPITestCardService getTheUiccTestCardService() {
        return new UiccAPITestCardService();
    }

    private static SuiteCard card() {
        return SuiteCard.current();
    }

    private static String compact(String hex) {
        return hex.replaceAll("\\s", "");
    }

    /** A command with data. */
    private static Response send(String header, String data) {
        String value = compact(data);
        return Response.of(card().transmit("%s%02X%s".formatted(header, value.length() / 2, value)));
    }

    private static Response send(String command) {
        return Response.of(card().transmit(command));
    }

    /** The class byte of a command on a logical channel. */
    private static String cla(int base, String logicalChannel) {
        return "%02X".formatted(base | Integer.parseInt(logicalChannel, 16));
    }

    private static Response envelope(String tag, String value) {
        String contents = compact(value);
        return send("80C20000", "%s%02X%s".formatted(tag, contents.length() / 2, contents));
    }

    private static Response download(String value) {
        return envelope("D6", value);
    }

    @Override
    public String reset() {
        return card().reset();
    }

    @Override
    public APDUResponse sendApdu(String apduCommand) {
        return send(apduCommand);
    }

    @Override
    public APDUResponse terminalProfileSession(String tpStr) {
        return Response.of(card().profileSession(tpStr));
    }

    @Override
    public APDUResponse terminalProfile(String tpStr) {
        return send("80100000", tpStr);
    }

    @Override
    public APDUResponse fetch(String expDataLength) {
        return send("80120000" + expDataLength);
    }

    @Override
    public APDUResponse terminalResponse(String cmd) {
        return send("80140000", cmd);
    }

    @Override
    public APDUResponse loadPackage(String capFilePath) {
        return Response.of(card().load(capFilePath));
    }

    @Override
    public APDUResponse installApplet(
            String capFilePath, String classAID, String appAID, String uiccSystemSpecificParameters) {
        return Response.of(card().install(capFilePath, classAID, appAID, uiccSystemSpecificParameters));
    }

    @Override
    public APDUResponse installInstallApplet(
            String capFilePath, String classAID, String appAID, String uiccSystemSpecificParameters) {
        return Response.of(card().installOnly(capFilePath, classAID, appAID, uiccSystemSpecificParameters));
    }

    @Override
    public APDUResponse makeSelectableApplet(String appAID) {
        return Response.of(card().makeSelectable(appAID));
    }

    @Override
    public APDUResponse lockApplication(String appletAid) {
        return Response.of(card().lock(appletAid));
    }

    @Override
    public APDUResponse unlockApplication(String appletAid) {
        return Response.of(card().unlock(appletAid));
    }

    @Override
    public APDUResponse deleteApplet(String AID) {
        return Response.of(card().delete(AID));
    }

    @Override
    public APDUResponse deletePackage(String capFilePath) {
        return Response.of(card().unload(capFilePath));
    }

    @Override
    public APDUResponse deletePackageAndAllRelatedApplications(String capFilePath) {
        return Response.of(card().unloadWithApplets(capFilePath));
    }

    @Override
    public APDUResponse selectFile(String fileId) {
        return selectFile(BASIC_CHANNEL, fileId);
    }

    @Override
    public APDUResponse selectFile(String logicalChannel, String fileId) {
        return send(cla(0, logicalChannel) + "A40004", fileId);
    }

    @Override
    public APDUResponse selectApplication(String aid) {
        return selectApplication(BASIC_CHANNEL, aid);
    }

    @Override
    public APDUResponse selectApplication(String logicalChannel, String aid) {
        return send(cla(0, logicalChannel) + "A40400", aid);
    }

    @Override
    public APDUResponse selectForActivation(String dfName) {
        return selectForActivation(BASIC_CHANNEL, dfName);
    }

    @Override
    public APDUResponse selectForActivation(String logicalChannel, String dfName) {
        return send(cla(0, logicalChannel) + "A40404", dfName);
    }

    @Override
    public APDUResponse selectForTermination(String dfName) {
        return selectForTermination(BASIC_CHANNEL, dfName);
    }

    @Override
    public APDUResponse selectForTermination(String logicalChannel, String dfName) {
        return send(cla(0, logicalChannel) + "A40444", dfName);
    }

    @Override
    public APDUResponse activate(String fileId) {
        return activate(BASIC_CHANNEL, fileId);
    }

    @Override
    public APDUResponse activate(String logicalChannel, String fileId) {
        return send(cla(0, logicalChannel) + "440000", fileId);
    }

    @Override
    public APDUResponse deactivate(String fileId) {
        return deactivate(BASIC_CHANNEL, fileId);
    }

    @Override
    public APDUResponse deactivate(String logicalChannel, String fileId) {
        return send(cla(0, logicalChannel) + "040000", fileId);
    }

    @Override
    public APDUResponse manageChannel(String operationCode, String channelNb) {
        return manageChannel(BASIC_CHANNEL, operationCode, channelNb);
    }

    @Override
    public APDUResponse manageChannel(String logicalChannel, String operationCode, String channelNb) {
        return send(
                cla(0, logicalChannel) + "70" + operationCode + channelNb + (operationCode.equals("00") ? "01" : "00"));
    }

    @Override
    public APDUResponse status(String appStatus, String returnedData, String dataLength) {
        return status(BASIC_CHANNEL, appStatus, returnedData, dataLength);
    }

    @Override
    public APDUResponse status(String logicalChannel, String appStatus, String returnedData, String dataLength) {
        return send(cla(0x80, logicalChannel) + "F2" + appStatus + returnedData + dataLength);
    }

    @Override
    public APDUResponse readBinary(String sfiOffset, String length) {
        return readBinary(BASIC_CHANNEL, sfiOffset, length);
    }

    @Override
    public APDUResponse readBinary(String logicalChannel, String sfiOffset, String length) {
        return send(cla(0, logicalChannel) + "B0" + sfiOffset + length);
    }

    @Override
    public APDUResponse readRecord(String recordNb, String mode, String length) {
        return readRecord(BASIC_CHANNEL, recordNb, mode, length);
    }

    @Override
    public APDUResponse readRecord(String logicalChannel, String recordNb, String mode, String length) {
        return send(cla(0, logicalChannel) + "B2" + recordNb + mode + length);
    }

    @Override
    public APDUResponse updateBinary(String sfiOffset, String data) {
        return updateBinary(BASIC_CHANNEL, sfiOffset, data);
    }

    @Override
    public APDUResponse updateBinary(String logicalChannel, String sfiOffset, String data) {
        return send(cla(0, logicalChannel) + "D6" + sfiOffset, data);
    }

    @Override
    public APDUResponse updateRecord(String recordNb, String mode, String data) {
        return updateRecord(BASIC_CHANNEL, recordNb, mode, data);
    }

    @Override
    public APDUResponse updateRecord(String logicalChannel, String recordNb, String mode, String data) {
        return send(cla(0, logicalChannel) + "DC" + recordNb + mode, data);
    }

    @Override
    public APDUResponse increase(String incValue) {
        return increase(BASIC_CHANNEL, incValue);
    }

    @Override
    public APDUResponse increase(String logicalChannel, String incValue) {
        return send(cla(0x80, logicalChannel) + "320000", incValue);
    }

    @Override
    public APDUResponse verifyPIN(String keyRef, String pinValue) {
        return verifyPIN(BASIC_CHANNEL, keyRef, pinValue);
    }

    @Override
    public APDUResponse verifyPIN(String logicalChannel, String keyRef, String pinValue) {
        return send(cla(0, logicalChannel) + "2000" + keyRef, pinValue);
    }

    @Override
    public APDUResponse changePIN(String keyRef, String oldPinValue, String newPinValue) {
        return changePIN(BASIC_CHANNEL, keyRef, oldPinValue, newPinValue);
    }

    @Override
    public APDUResponse changePIN(String logicalChannel, String keyRef, String oldPinValue, String newPinValue) {
        return send(cla(0, logicalChannel) + "2400" + keyRef, oldPinValue + newPinValue);
    }

    @Override
    public APDUResponse enablePIN(String keyRef, String pinValue) {
        return enablePIN(BASIC_CHANNEL, keyRef, pinValue);
    }

    @Override
    public APDUResponse enablePIN(String logicalChannel, String keyRef, String pinValue) {
        return send(cla(0, logicalChannel) + "2800" + keyRef, pinValue);
    }

    @Override
    public APDUResponse disablePIN(String keyRef, String pinValue) {
        return disablePIN(BASIC_CHANNEL, keyRef, pinValue);
    }

    @Override
    public APDUResponse disablePIN(String logicalChannel, String keyRef, String pinValue) {
        return send(cla(0, logicalChannel) + "2600" + keyRef, pinValue);
    }

    @Override
    public APDUResponse unblockPIN(String keyRef, String unblockPinValue, String pinValue) {
        return unblockPIN(BASIC_CHANNEL, keyRef, unblockPinValue, pinValue);
    }

    @Override
    public APDUResponse unblockPIN(String logicalChannel, String keyRef, String unblockPinValue, String pinValue) {
        return send(cla(0, logicalChannel) + "2C00" + keyRef, unblockPinValue + pinValue);
    }

    @Override
    public APDUResponse createFile(String fcpValue) {
        return createFile(BASIC_CHANNEL, fcpValue);
    }

    @Override
    public APDUResponse createFile(String logicalChannel, String fcpValue) {
        return send(
                cla(0, logicalChannel) + "E00000",
                "62%02X%s".formatted(compact(fcpValue).length() / 2, compact(fcpValue)));
    }

    @Override
    public APDUResponse deleteFile(String fileId) {
        return deleteFile(BASIC_CHANNEL, fileId);
    }

    @Override
    public APDUResponse deleteFile(String logicalChannel, String fileId) {
        return send(cla(0, logicalChannel) + "E40000", fileId);
    }

    @Override
    public APDUResponse resizeFile(String fileId, String size) {
        return resizeFile(BASIC_CHANNEL, fileId, size);
    }

    @Override
    public APDUResponse resizeFile(String logicalChannel, String fileId, String size) {
        String parameters =
                "8302%s80%02X%s".formatted(compact(fileId), compact(size).length() / 2, compact(size));
        return send(cla(0x80, logicalChannel) + "D40000", "62%02X%s".formatted(parameters.length() / 2, parameters));
    }

    @Override
    public APDUResponse envelopeMenuSelection(String itemIdTLV, String helpRequestTLV) {
        return envelope("D3", "82020181" + itemIdTLV + helpRequestTLV);
    }

    @Override
    public APDUResponse envelopeCallControlByNAA() {
        return envelope("D4", "82028281" + "86028101" + "930781F2A334057667");
    }

    @Override
    public APDUResponse envelopeTimerExpiration(String timerIdTLV) {
        return envelope("D7", "82028281" + timerIdTLV + "2503000000");
    }

    @Override
    public APDUResponse unrecognizedEnvelope() {
        return envelope("01", "82028381" + "FF0101");
    }

    @Override
    public APDUResponse envelopeEventDownloadMTCall() {
        return download("990100 82028381 9C0101");
    }

    @Override
    public APDUResponse envelopeEventDownloadCallConnected() {
        return download("990101 82028281 9C0101");
    }

    @Override
    public APDUResponse envelopeEventDownloadCallDisconnected() {
        return download("990102 82028281 9C0101");
    }

    @Override
    public APDUResponse envelopeEventDownloadLocationStatus() {
        return download("990103 82028281 1B0101");
    }

    @Override
    public APDUResponse envelopeEventDownloadUserActivity() {
        return download("990104 82028281");
    }

    @Override
    public APDUResponse envelopeEventDownloadIdleScreenAvailable() {
        return download("990105 82020281");
    }

    @Override
    public APDUResponse envelopeEventDownloadCardReaderStatus() {
        return download("990106 82028281 2001FF");
    }

    @Override
    public APDUResponse envelopeEventDownloadLanguageSelection() {
        return download("990107 82028281 2D024652");
    }

    @Override
    public APDUResponse envelopeEventDownloadBrowserTermination() {
        return download("990108 82028281 340100");
    }

    @Override
    public APDUResponse envelopeEventDownloadDataAvailable(String channelStatusTLV) {
        return download("990109" + "82028281" + channelStatusTLV + "37010A");
    }

    @Override
    public APDUResponse envelopeEventDownloadChannelStatus(String channelStatusTLV) {
        return download("99010A" + "82028281" + channelStatusTLV);
    }

    @Override
    public APDUResponse envelopeEventDownloadAccessTechnologyChange() {
        return download("99010B 82028281 BF0100");
    }

    @Override
    public APDUResponse envelopeEventDownloadDisplayParametersChanged() {
        return download("99010C 82028281 C003101001");
    }

    @Override
    public APDUResponse envelopeEventDownloadLocalConnection(String serviceRecordTLV) {
        return download("99010D" + "82028381" + serviceRecordTLV);
    }

    @Override
    public APDUResponse envelopeEventDownloadNetworkSearchModeChange() {
        return download("99010E 82028281 E50100");
    }

    @Override
    public APDUResponse envelopeEventDownloadBrowsingStatus() {
        return download("99010F 82028281 E40100");
    }

    @Override
    public APDUResponse envelopeEventDownloadFramesInformationChanged() {
        return download("990110 82028381 E703010203");
    }

    @Override
    public APDUResponse envelopeEventDownloadHCIConnectivity() {
        return download("990113 82028281");
    }

    /** No envelope makes the proactive handler available: a STATUS ends, and who waits gets it. Two drivers call this. */
    public APDUResponse envelopeEventProactiveHandlerAvailable() {
        return status("00", "0C", "00");
    }
}
