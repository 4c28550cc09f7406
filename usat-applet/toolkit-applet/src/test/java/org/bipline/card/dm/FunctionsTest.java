// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bipline.card.dm.CommandsTest.replace;
import static org.bipline.card.dm.TndsTest.leaf;
import static org.bipline.card.dm.TndsTest.node;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The card as the guard of a device's functions. Technical specification clause 15, Functions. */
@Tag("MO-6")
class FunctionsTest {
    private static final String UPDATE = "urn:oma:mo:oma-fumo:1.0/Update";
    private static final String SERVER = "dm.example";
    private static final String DIGEST = "0f".repeat(32);
    private static final String NONCE = "00112233445566778899aabbccddeeff";
    private static final String POLICY = "./Function/Firmware";

    private final Card card = new Card().withDeviceCredentials();
    private final TestDevice device = new TestDevice();

    private void allow(String... leaves) {
        StringBuilder content = new StringBuilder();
        for (int i = 0; i < leaves.length; i += 2) {
            content.append(leaf(leaves[i], leaves[i + 1]));
        }
        assertThat(card.manage(TndsTest.add(2, POLICY, node("", content.toString()))))
                .containsExactly("2=200");
    }

    private void allowUpdate(String... more) {
        String[] all = new String[8 + more.length];
        System.arraycopy(
                new String[] {"Identifier", UPDATE, "Server", SERVER, "Package", DIGEST, "Consent", "false"},
                0,
                all,
                0,
                8);
        System.arraycopy(more, 0, all, 8, more.length);
        allow(all);
    }

    /** Asks, and returns whether the answer authorises what was asked. */
    private boolean ask(String function, String server, String digest, String nonce) {
        device.function = String.join(" ", function, server, digest, nonce);
        device.authorisation = "";
        device.synchronise(card::serve);
        assertThat(device.authorisation).isIn("", mac(String.join(" ", function, server, digest, device.devId), nonce));
        return !device.authorisation.isEmpty();
    }

    private boolean askUpdate() {
        return ask(UPDATE, SERVER, DIGEST, NONCE);
    }

    /** B64(H(B64(H(name:secret)):nonce:B64(H(body)))). OMA DM Security, Integrity. */
    private static String mac(String body, String nonce) {
        String key = hash(Card.bytes("ICCID:89490200001234567890:" + TestDevice.CARD_SECRET));
        return hash(Card.bytes(key + ":" + nonce + ":" + hash(Card.bytes(body))));
    }

    private static String hash(byte[] bytes) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> log(String ring) {
        return card.tree("./SecurityLog/" + ring);
    }

    @Test
    void what_a_policy_allows_is_authorised_for_device_function_server_package_and_nonce() {
        allowUpdate();

        assertThat(askUpdate()).isTrue();
        assertThat(device.commands.getFirst()).isEqualTo("Replace ./CardSync/89490200001234567890/Authorisation");
        assertThat(log("Done").toString()).contains("function", SERVER, UPDATE);
        assertThat(log("Refused").toString()).doesNotContain("function");
    }

    @Test
    void without_a_policy_nothing_is_authorised() {
        assertThat(askUpdate()).isFalse();
        assertThat(log("Refused").toString()).contains("function", "403", SERVER, UPDATE);
    }

    @ParameterizedTest
    @CsvSource({
        "urn:oma:mo:oma-fumo:1.0/Update, other.example, 0f, 32", // another server
        "urn:oma:mo:oma-fumo:1.0/Update, dm.exampl, 0f, 32",
        "urn:oma:mo:oma-fumo:1.0/Download, dm.example, 0f, 32", // another operation
        "urn:oma:mo:oma-fumo:1.0/Updat, dm.example, 0f, 32",
        "urn:oma:mo:oma-scomo:1.0/Update, dm.example, 0f, 32", // another object
        "urn:oma:mo:oma-fumo:1.0/Update, dm.example, 0e, 32", // another package
        "urn:oma:mo:oma-fumo:1.0/Update, dm.example, 0f, 31",
        "urn:oma:mo:oma-fumo:1.0/Update, *, 0f, 32"
    })
    void what_is_not_in_the_policy_is_not_authorised(String function, String server, String digest, int times) {
        allowUpdate();

        assertThat(ask(function, server, digest.repeat(times), NONCE)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "urn:oma:mo:oma-fumo:1.0/Update dm.example",
                "urn:oma:mo:oma-fumo:1.0/Update dm.example - ",
                "urn:oma:mo:oma-fumo:1.0/Update  dm.example n",
                "urn:oma:mo:oma-fumo:1.0/Update dm.example - n more"
            })
    @Tag("INT-3")
    void what_is_no_request_of_four_words_is_not_authorised(String request) {
        allow("Identifier", UPDATE, "Server", "*", "Package", "*", "Consent", "false");
        device.function = request;
        device.synchronise(card::serve);
        device.function = request + "n".repeat(400); // longer than there is room
        device.synchronise(card::serve);

        assertThat(device.authorisation).isEmpty();
    }

    @Test
    void new_functions_are_data() {
        allow("Identifier", "urn:oma:mo:oma-scomo:1.0/*", "Server", "a,dm.example,b", "Consent", "false");

        assertThat(ask("urn:oma:mo:oma-scomo:1.0/Activate", SERVER, "-", NONCE)).isTrue();
        assertThat(ask("urn:oma:mo:oma-scomo:1.0/", SERVER, "-", NONCE)).isFalse();
        assertThat(ask("urn:oma:mo:oma-scomo:1.0/Install", SERVER, DIGEST, NONCE))
                .as("the policy names no package")
                .isFalse();
    }

    @Test
    @Tag("SEC-1")
    void only_the_first_authority_and_whom_it_lets_make_policies() {
        Card shared = new Card(Card.authority("second", "s2", "c2", ""));
        String policy = TndsTest.add(2, POLICY, node("", leaf("Identifier", UPDATE)));
        shared.as("second", "s2");
        assertThat(shared.manage(policy)).doesNotContain("2=200");
        assertThat(shared.tree("./Function")).hasSize(1);

        shared.as(Card.SERVER, Card.SERVER_SECRET);
        assertThat(shared.manage(policy)).containsExactly("2=200");
    }

    @Test
    void any_of_several_policies_may_allow_it() {
        allow("Identifier", UPDATE, "Server", "other.example", "Package", "*", "Consent", "false");
        card.manage(TndsTest.add(
                2,
                "./Function/Other",
                node(
                        "",
                        leaf("Identifier", UPDATE)
                                + leaf("Server", SERVER)
                                + leaf("Package", "*")
                                + leaf("Consent", "false"))));

        assertThat(askUpdate()).isTrue();
    }

    @Test
    void the_user_is_asked_where_the_policy_does_not_say_that_he_is_not() {
        allow("Identifier", UPDATE, "Server", SERVER, "Package", "*", "Uses", "2");
        device.saysYes = false;
        assertThat(askUpdate()).isFalse();
        assertThat(device.questions).containsExactly("Allow \"Firmware\" for dm.example?");
        assertThat(card.tree(POLICY + "/Uses").toString()).contains("= 2");
        device.saysYes = true;

        assertThat(askUpdate()).isTrue();
        assertThat(card.tree(POLICY + "/Uses").toString()).contains("= 1");
    }

    @Test
    @Tag("SEC-5")
    void uses_run_out() {
        allowUpdate("Uses", "2");

        assertThat(askUpdate()).isTrue();
        assertThat(askUpdate()).isTrue();
        assertThat(askUpdate()).isFalse();
        assertThat(card.tree(POLICY + "/Uses").toString()).contains("= 0");
        card.manage(replace(2, POLICY + "/Uses", "1"));
        assertThat(askUpdate()).isTrue();
    }

    @Test
    @Tag("INT-1")
    void a_use_is_spent_before_the_device_hears_of_it() {
        allowUpdate("Uses", "1");
        device.function = String.join(" ", UPDATE, SERVER, DIGEST, NONCE);
        device.breaksBefore = 2; // the first exchange is the card's challenge
        assertThat(device.tryToSynchronise(card::serve)).isNegative();
        card.local.abort();
        assertThat(card.tree(POLICY + "/Uses").toString()).contains("= 0");
        device.breaksBefore = Integer.MAX_VALUE;

        assertThat(askUpdate()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"1, true", "2, false", "0, false", "x, false"})
    @Tag("SEC-3")
    void a_level_that_the_device_has_not_is_not_authorised(String level, boolean authorised) {
        allowUpdate("Level", level);

        assertThat(askUpdate()).isEqualTo(authorised);
    }

    @Test
    @Tag("SEC-3")
    void a_device_that_proves_nothing_gets_nothing() {
        Card open = new Card(); // no device can prove itself
        open.manage(TndsTest.add(
                2,
                POLICY,
                node(
                        "",
                        leaf("Identifier", UPDATE)
                                + leaf("Server", "*")
                                + leaf("Package", "*")
                                + leaf("Consent", "false"))));
        device.authenticates = false;
        device.function = String.join(" ", UPDATE, SERVER, DIGEST, NONCE);
        device.synchronise(open::serve);

        assertThat(device.authorisation).isEmpty();
    }

    @Test
    @Tag("SEC-3")
    void a_device_with_a_wrong_secret_gets_nothing() {
        allowUpdate();
        device.secret = "guessed";
        device.function = String.join(" ", UPDATE, SERVER, DIGEST, NONCE);

        assertThat(device.tryToSynchronise(card::serve)).isNegative();
        assertThat(device.authorisation).isEmpty();
    }

    @Test
    @Tag("SEC-4")
    void another_device_than_the_policy_names_gets_nothing() {
        allowUpdate("Device", "IMEI:350000000000006," + TestDevice.IMEI);
        TestDevice other = new TestDevice("IMEI:350000000000014");
        other.function = String.join(" ", UPDATE, SERVER, DIGEST, NONCE);
        other.synchronise(card::serve);
        assertThat(other.authorisation).isEmpty();

        assertThat(askUpdate()).isTrue();
    }

    @Test
    @Tag("SEC-4")
    void a_device_whose_name_is_not_the_imei_of_the_me_gets_nothing() {
        allowUpdate();
        card.imei = "35000000000000";
        assertThat(askUpdate()).isFalse();
        card.imei = "49015420323751";

        assertThat(askUpdate()).isTrue();
    }

    @Test
    @Tag("SEC-5")
    void an_authorisation_is_another_one_for_each_nonce() {
        allowUpdate();
        askUpdate();
        String first = device.authorisation;
        ask(UPDATE, SERVER, DIGEST, NONCE.replace('0', '1'));

        assertThat(device.authorisation).isNotEqualTo(first);
    }

    @Test
    void a_function_is_asked_for_beside_what_is_synchronised() {
        allowUpdate();
        card.manage(TndsTest.add(2, "./MO/wifi", node("", leaf("x", "one")))
                + TndsTest.add(3, "./Policy/wifi", node("", leaf("Direction", "both") + leaf("Consent", "false"))));
        assertThat(askUpdate()).isTrue();
        assertThat(device.holds("./MO/wifi", "one")).isTrue();
        device.authorisation = "";

        assertThat(device.synchronise(card::serve))
                .as("authorisation, and the end")
                .isEqualTo(2);
        assertThat(device.authorisation).isNotEmpty();
    }
}
