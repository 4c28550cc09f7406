// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import java.util.Optional;
import java.util.Set;
import org.bipline.cat.tlv.ByteString;
import org.bipline.cat.tlv.Length;

/**
 * The files that an ME reads at start. ETSI TS 102 221 clause 14.1, 3GPP TS 31.102 clause 5.1.1. A file that the card lacks
 * is empty.
 *
 * @param iccid EF ICCID
 * @param preferredLanguages EF PL
 * @param usim application identifier of the first USIM of EF DIR
 * @param imsi EF IMSI
 * @param administrativeData EF AD
 * @param serviceTable EF UST
 * @param cellBroadcastIdentifiers EF CBMID, message identifiers of two bytes, where EF UST says that there is one
 */
public record CardFiles(
        ByteString iccid,
        ByteString preferredLanguages,
        ByteString usim,
        ByteString imsi,
        ByteString administrativeData,
        ByteString serviceTable,
        ByteString cellBroadcastIdentifiers) {
    static final CardFiles NONE = withoutUsim(ByteString.EMPTY, ByteString.EMPTY, ByteString.EMPTY);
    /** Services of EF UST. 3GPP TS 31.102 clause 4.2.8. */
    static final int DATA_DOWNLOAD_VIA_SMS_PP = 28;

    static final int DATA_DOWNLOAD_VIA_SMS_CB = 29;
    static final int CALL_CONTROL = 30;
    static final int MO_SMS_CONTROL = 31;
    static final int DATA_DOWNLOAD_VIA_USSD = 70;

    private static final int SELECT = 0xA4;
    private static final int READ_BINARY = 0xB0;
    private static final int READ_RECORD = 0xB2;
    private static final int BY_NAME = 0x04;
    private static final int RETURN_FCP = 0x04;
    private static final int ABSOLUTE = 0x04;
    private static final int FCP = 0x62;
    private static final int FILE_SIZE = 0x80;
    private static final int FILE_DESCRIPTOR = 0x82;
    private static final int APPLICATION_TEMPLATE = 0x61;
    private static final int APPLICATION_IDENTIFIER = 0x4F;
    private static final int MF = 0x3F00;
    private static final int EF_DIR = 0x2F00;
    private static final int EF_PL = 0x2F05;
    private static final int EF_ICCID = 0x2FE2;
    private static final int EF_IMSI = 0x6F07;
    private static final int EF_UST = 0x6F38;
    private static final int EF_CBMID = 0x6F48;
    private static final int EF_AD = 0x6FAD;
    private static final int MAX_READ = 0xFF;

    private static final Set<Integer> ALWAYS_READ = Set.of(EF_ICCID, EF_PL, EF_IMSI, EF_UST, EF_AD);

    private static final ByteString USIM_PREFIX = ByteString.ofHex("A0000000871002"); // ETSI TS 101 220 annex E

    /** The digits of EF ICCID. */
    public String iccidDigits() {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < iccid.length(); i++) {
            for (int digit : new int[] {iccid.u8(i) & 0xF, iccid.u8(i) >> 4}) {
                if (digit <= 9) {
                    digits.append((char) ('0' + digit));
                }
            }
        }
        return digits.toString();
    }

    /** Whether EF UST says that the service is available. 3GPP TS 31.102 clause 4.2.8. */
    public boolean hasService(int number) {
        return hasService(serviceTable, number);
    }

    private static boolean hasService(ByteString serviceTable, int number) {
        int index = (number - 1) / 8;
        return index < serviceTable.length() && ((serviceTable.u8(index) >> ((number - 1) % 8)) & 1) != 0;
    }

    /** Whether EF CBMID has the message identifier of this page: it is for the card. 3GPP TS 31.102 clause 4.2.20. */
    boolean wantsPagesOf(int messageIdentifier) {
        for (int at = 0; at + 2 <= cellBroadcastIdentifiers.length(); at += 2) {
            if (cellBroadcastIdentifiers.u16(at) == messageIdentifier) {
                return true;
            }
        }
        return false;
    }

    /** Whether these are all files whose content the ME keeps. */
    boolean areAllIn(Set<Integer> identifiers) {
        return identifiers.containsAll(ALWAYS_READ)
                && (identifiers.contains(EF_CBMID) || !hasService(DATA_DOWNLOAD_VIA_SMS_CB));
    }

    private static CardFiles withoutUsim(ByteString iccid, ByteString languages, ByteString usim) {
        return new CardFiles(
                iccid, languages, usim, ByteString.EMPTY, ByteString.EMPTY, ByteString.EMPTY, ByteString.EMPTY);
    }

    static CardFiles read(CardPort card) throws CardLinkException {
        select(card, MF);
        ByteString iccid = readBinary(card, EF_ICCID);
        ByteString languages = readBinary(card, EF_PL);
        ByteString usim = findUsim(card);
        if (usim.isEmpty()
                || !card.write(0x00, SELECT, BY_NAME, RETURN_FCP, usim).isOk()) {
            return withoutUsim(iccid, languages, usim);
        }
        ByteString imsi = readBinary(card, EF_IMSI);
        ByteString administrativeData = readBinary(card, EF_AD);
        ByteString serviceTable = readBinary(card, EF_UST);
        return new CardFiles(
                iccid,
                languages,
                usim,
                imsi,
                administrativeData,
                serviceTable,
                hasService(serviceTable, DATA_DOWNLOAD_VIA_SMS_CB) ? readBinary(card, EF_CBMID) : ByteString.EMPTY);
    }

    private static ApduResponse select(CardPort card, int file) throws CardLinkException {
        return card.write(0x00, SELECT, 0, RETURN_FCP, ByteString.of(file >> 8, file & 0xFF));
    }

    private static ByteString readBinary(CardPort card, int file) throws CardLinkException {
        ApduResponse selected = select(card, file);
        if (!selected.isOk()) {
            return ByteString.EMPTY;
        }
        int size = fcp(selected.data(), FILE_SIZE).map(v -> v.u16(0)).orElse(0);
        ApduResponse read = card.read(0x00, READ_BINARY, 0, 0, Math.min(size, MAX_READ));
        return read.isOk() ? read.data() : ByteString.EMPTY;
    }

    private static ByteString findUsim(CardPort card) throws CardLinkException {
        ApduResponse dir = select(card, EF_DIR);
        ByteString descriptor = dir.isOk()
                ? fcp(dir.data(), FILE_DESCRIPTOR).filter(v -> v.length() >= 5).orElse(ByteString.EMPTY)
                : ByteString.EMPTY;
        if (descriptor.isEmpty()) {
            return ByteString.EMPTY;
        }
        int recordLength = descriptor.u16(2);
        int records = descriptor.u8(4);
        for (int record = 1; record <= records; record++) {
            ApduResponse read = card.read(0x00, READ_RECORD, record, ABSOLUTE, recordLength);
            if (!read.isOk()) {
                break;
            }
            Optional<ByteString> aid = find(read.data(), APPLICATION_TEMPLATE)
                    .flatMap(template -> find(template, APPLICATION_IDENTIFIER))
                    .filter(CardFiles::isUsim);
            if (aid.isPresent()) {
                return aid.get();
            }
        }
        return ByteString.EMPTY;
    }

    private static boolean isUsim(ByteString aid) {
        return aid.length() >= USIM_PREFIX.length()
                && aid.slice(0, USIM_PREFIX.length()).equals(USIM_PREFIX);
    }

    private static Optional<ByteString> fcp(ByteString response, int tag) {
        return find(response, FCP).flatMap(template -> find(template, tag)).filter(v -> v.length() >= 2);
    }

    /** Value of the first object of this one-byte tag; what is malformed ends the search. */
    private static Optional<ByteString> find(ByteString objects, int tag) {
        int at = 0;
        while (at < objects.length()) {
            int octets = Length.octetsAt(objects, at + 1);
            if (octets == 0) {
                return Optional.empty();
            }
            int value = at + 1 + octets;
            int end = value + Length.read(objects, at + 1, octets);
            if (end > objects.length()) {
                return Optional.empty();
            }
            if (objects.u8(at) == tag) {
                return Optional.of(objects.slice(value, end));
            }
            at = end;
        }
        return Optional.empty();
    }
}
