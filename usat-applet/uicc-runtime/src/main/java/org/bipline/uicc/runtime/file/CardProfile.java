// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.bipline.uicc.runtime.vm.Transactions;

/**
 * The description of a card: numbers, PINs, authentication key, files with contents and access rules. Immutable; many cards can be
 * made from one, and share the contents of files until they change them. The format is that of {@code specs/card-profile.md}.
 */
public final class CardProfile {
    private static final CardProfile USIM = load();

    private final List<ProfileStatement> statements;
    private final String iccid;
    private final String imsi;

    private CardProfile(List<ProfileStatement> statements, String iccid, String imsi) {
        this.statements = statements;
        this.iccid = iccid;
        this.imsi = imsi;
    }

    /** A card with a USIM, as an ME expects it. */
    public static CardProfile usim() {
        return USIM;
    }

    private static CardProfile load() {
        try (InputStream in = CardProfile.class.getResourceAsStream("usim.card")) {
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a description.
     *
     * @throws ProfileException with the first line that is wrong
     */
    public static CardProfile parse(String text) {
        ProfileParser parser = new ProfileParser();
        int number = 0;
        for (String line : text.split("\\R", -1)) {
            parser.line(++number, line);
        }
        CardProfile profile = new CardProfile(parser.statements(), parser.iccid(), parser.imsi());
        profile.fileSystem(new Transactions()); // finds what is wrong between lines
        return profile;
    }

    /** The same with another ICCID, 1 to 20 digits. */
    public CardProfile withIccid(String digits) {
        return new CardProfile(statements, digits(digits, 1, 20, "ICCID"), imsi);
    }

    /** The same with another IMSI, 6 to 15 digits. */
    public CardProfile withImsi(String digits) {
        return new CardProfile(statements, iccid, digits(digits, 6, 15, "IMSI"));
    }

    /**
     * The same with further keysets for secured packets.
     *
     * @param text lines with {@code ota} statements
     * @throws ProfileException with the first line that is wrong or says something else
     */
    public CardProfile withOtaKeys(String text) {
        ProfileParser parser = new ProfileParser();
        int number = 0;
        for (String line : text.split("\\R", -1)) {
            parser.line(++number, line);
        }
        List<ProfileStatement> all = new ArrayList<>(statements);
        for (ProfileStatement statement : parser.statements()) {
            if (!(statement instanceof ProfileStatement.OtaKeys)) {
                throw new ProfileException(statement.line(), "no ota statement");
            }
            all.add(statement);
        }
        CardProfile profile = new CardProfile(all, iccid, imsi);
        profile.fileSystem(new Transactions()); // finds keysets of the same version
        return profile;
    }

    static String digits(String text, int min, int max, String what) {
        if (!text.matches("[0-9]{" + min + "," + max + "}")) {
            throw new IllegalArgumentException(what + " is " + min + " to " + max + " digits, not " + text);
        }
        return text;
    }

    /** The files of a new card. */
    public FileSystem fileSystem(Transactions transactions) {
        return new Personalisation(statements, iccid, imsi).fileSystem(transactions);
    }
}
