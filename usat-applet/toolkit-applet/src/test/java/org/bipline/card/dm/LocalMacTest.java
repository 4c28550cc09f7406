// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bipline.card.dm.TndsTest.leaf;
import static org.bipline.card.dm.TndsTest.node;

import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Devices that prove themselves by syncml:auth-MAC, and objects that need it. Technical specification clause 15. */
class LocalMacTest {
    private static final String WIFI = "./MO/wifi";

    private final Card card = new Card().withDeviceCredentials();
    private final TestDevice device = new TestDevice();

    private void release(String name, String level) {
        card.manage(TndsTest.add(2, "./MO/" + name, node("", leaf("x", "value of " + name)))
                + TndsTest.add(
                        3,
                        "./Policy/" + name,
                        node("", leaf("Direction", "both") + leaf("Consent", "false") + leaf("Level", level))));
    }

    private Optional<byte[]> post(byte[] message) {
        Optional<byte[]> answer = card.serve(device.line, message);
        device.cardLine = card.macLine;
        return answer;
    }

    @Test
    @Tag("SEC-3")
    void a_device_with_a_mac_gets_objects_of_each_level_and_the_card_proves_each_message() {
        release("wifi", "2");
        release("mail", "1");
        device.mac = true;
        device.synchronise(this::post);
        assertThat(device.holds(WIFI, "value of wifi")).isTrue();
        assertThat(device.holds("./MO/mail", "value of mail")).isTrue();
        device.edit(WIFI, node("", leaf("x", "changed")));
        device.synchronise(this::post);
        assertThat(card.tree(WIFI + "/x")).containsExactly(WIFI + "/x chr = changed");
        assertThat(device.synchronise(this::post)).as("nothing is left to do").isEqualTo(1);
    }

    @Test
    @Tag("SEC-3")
    void a_device_without_one_is_challenged_for_it_where_an_object_needs_it_and_gets_nothing() {
        release("wifi", "2");
        release("mail", "0");
        assertThat(device.tryToSynchronise(message -> {
                    Optional<byte[]> answer = post(message);
                    assertThat(XmlForm.toXml(answer.orElseThrow()))
                            .contains("<m:Type>syncml:auth-MAC</m:Type>")
                            .contains("<Data>401</Data>");
                    return answer;
                }))
                .isNegative();
        assertThat(device.objects).isEmpty();
        assertThat(device.commands).isEmpty();
    }

    @Test
    @Tag("SEC-3")
    void a_device_without_one_is_enough_where_no_object_needs_it() {
        release("mail", "1");
        device.synchronise(this::post);
        assertThat(device.holds("./MO/mail", "value of mail")).isTrue();
        assertThat(card.macLine).isEmpty();
    }

    @Test
    @Tag("SEC-3")
    @Tag("SEC-7")
    void a_device_that_guesses_gets_nothing_and_after_the_tenth_time_neither_does_the_right_one() {
        release("wifi", "2");
        device.mac = true;
        Credentials credentials = card.devices.credentials();
        device.secret = "guessed";
        for (int session = 0; session < 5; session++) {
            assertThat(credentials.isLockedForGood()).isFalse();
            assertThat(device.tryToSynchronise(this::post)).isNegative();
            for (int half = 0; half < 2; half++) {
                credentials.elapse(Short.MAX_VALUE);
            }
        }
        for (int more = 0; more < 4; more++) {
            device.tryToSynchronise(this::post);
            credentials.elapse(Short.MAX_VALUE);
        }
        assertThat(credentials.isLockedForGood()).isTrue();
        device.secret = TestDevice.SECRET;
        assertThat(device.tryToSynchronise(this::post)).isNegative();
        assertThat(device.objects).isEmpty();
        credentials.unlock();
        device.synchronise(this::post);
        assertThat(device.holds(WIFI, "value of wifi")).isTrue();
    }

    @Test
    @Tag("SEC-5")
    void what_comes_with_a_wrong_mac_changes_nothing_on_the_card() {
        release("wifi", "2");
        device.mac = true;
        device.synchronise(this::post);
        device.edit(WIFI, node("", leaf("x", "changed")));
        int exchanges = device.synchronise(this::post);
        for (int altered = 1; altered <= exchanges; altered++) {
            device.edit(WIFI, node("", leaf("x", "changed by " + altered)));
            int number = altered;
            int[] count = {0};
            device.tryToSynchronise(message -> {
                count[0]++;
                if (count[0] == number) {
                    device.line = device.line.replaceFirst("mac=.*", "mac=" + "A".repeat(22) + "==");
                }
                if (count[0] > number) {
                    return Optional.empty();
                }
                String before = card.tree(WIFI).toString();
                Optional<byte[]> answer = post(message);
                if (count[0] == number) {
                    assertThat(card.tree(WIFI)).as("message " + number).hasToString(before);
                }
                return answer;
            });
            card.local.abort();
            device.synchronise(this::post);
            assertThat(card.tree(WIFI + "/x")).containsExactly(WIFI + "/x chr = changed by " + altered);
        }
    }

    /** B64(HMAC-MD5(master, DevId)), by the JDK. */
    private static String own(String master, String devId) throws Exception {
        javax.crypto.Mac hmac = javax.crypto.Mac.getInstance("HmacMD5");
        hmac.init(new javax.crypto.spec.SecretKeySpec(Card.bytes(master), "HmacMD5"));
        return java.util.Base64.getEncoder().encodeToString(hmac.doFinal(Card.bytes(devId)));
    }

    private static TestDevice withOwnSecrets(String devId) throws Exception {
        TestDevice device = new TestDevice(devId);
        device.name = devId;
        device.secret = own(TestDevice.SECRET, devId);
        device.cardSecret = own(TestDevice.CARD_SECRET, devId);
        return device;
    }

    @Test
    @Tag("SEC-3")
    @Tag("SEC-4")
    void where_each_device_has_its_own_secrets_none_passes_for_another() throws Exception {
        Card fresh = new Card().withDeviceCredentials(null);
        fresh.manage(TndsTest.add(2, WIFI, node("", leaf("x", "value")))
                + TndsTest.add(
                        3,
                        "./Policy/wifi",
                        node("", leaf("Direction", "both") + leaf("Consent", "false") + leaf("Level", "1"))));
        TestDevice one = withOwnSecrets(TestDevice.IMEI);
        one.synchronise(fresh::serve);
        assertThat(one.holds(WIFI, "value")).isTrue();
        TestDevice two = withOwnSecrets("IMEI:350000000000006");
        two.synchronise(fresh::serve);
        assertThat(two.holds(WIFI, "value")).isTrue();

        TestDevice thief = new TestDevice("IMEI:350000000000014");
        thief.name = two.devId;
        thief.secret = two.secret;
        assertThat(thief.tryToSynchronise(fresh::serve)).isNegative();
        thief.name = thief.devId;
        assertThat(thief.tryToSynchronise(fresh::serve)).isNegative();
        assertThat(thief.objects).isEmpty();

        // shown to succeed where all devices have the same
        Card shared = new Card().withDeviceCredentials();
        shared.manage(TndsTest.add(2, WIFI, node("", leaf("x", "value")))
                + TndsTest.add(
                        3,
                        "./Policy/wifi",
                        node("", leaf("Direction", "both") + leaf("Consent", "false") + leaf("Level", "1"))));
        TestDevice other = new TestDevice("IMEI:350000000000014");
        other.synchronise(shared::serve);
        assertThat(other.holds(WIFI, "value")).isTrue();
    }

    @Test
    @Tag("SEC-3")
    void own_secrets_make_macs_too() throws Exception {
        Card fresh = new Card().withDeviceCredentials(null);
        fresh.manage(TndsTest.add(2, WIFI, node("", leaf("x", "value")))
                + TndsTest.add(
                        3,
                        "./Policy/wifi",
                        node("", leaf("Direction", "both") + leaf("Consent", "false") + leaf("Level", "2"))));
        TestDevice one = withOwnSecrets(TestDevice.IMEI);
        one.mac = true;
        one.synchronise(message -> {
            Optional<byte[]> answer = fresh.serve(one.line, message);
            one.cardLine = fresh.macLine;
            return answer;
        });
        assertThat(one.holds(WIFI, "value")).isTrue();
    }

    /** Without a secret the card has a key of zeros, which is no secret. */
    @Test
    @Tag("SEC-3")
    void a_card_without_credentials_of_devices_takes_none_for_them() {
        Card plain = new Card();
        plain.manage(TndsTest.add(2, WIFI, node("", leaf("x", "secret")))
                + TndsTest.add(
                        3,
                        "./Policy/wifi",
                        node("", leaf("Direction", "both") + leaf("Consent", "false") + leaf("Level", "1"))));
        device.authenticates = false;
        device.tryToSynchronise(message -> {
            byte[] keyed = Card.bytes(java.util.Base64.getEncoder().encodeToString(new byte[16]) + "::"
                    + java.util.Base64.getEncoder().encodeToString(Card.md5(message)));
            return plain.serve(
                    "x-syncml-hmac: username=\"\", mac="
                            + java.util.Base64.getEncoder().encodeToString(Card.md5(keyed)),
                    message);
        });
        assertThat(device.objects).isEmpty();
    }
}
