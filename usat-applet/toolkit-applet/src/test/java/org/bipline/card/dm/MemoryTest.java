// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javacard.framework.AID;
import org.bipline.card.ScriptedMe;
import org.bipline.card.https.TestTlsServer;
import org.bipline.uicc.runtime.AppletInstallation;
import org.bipline.uicc.runtime.Uicc;
import org.bipline.uicc.runtime.vm.CardRuntime;
import org.junit.jupiter.api.Test;

class MemoryTest {
    /** Channel, TLS, HTTP and DM. */
    private static final int TRANSIENT_BUDGET = 4096;

    private static final byte[] INSTANCE = HexFormat.of().parseHex("F06269706C0301");

    private static final String KEY = "000102030405060708090A0B0C0D0E0F";

    private static final AppletInstallation INSTALLATION = new AppletInstallation(
            DmApplet.class,
            HexFormat.of().parseHex("F06269706C03"),
            INSTANCE,
            HexFormat.of().parseHex("01012001010101000000"),
            HexFormat.of()
                    .parseHex("8005217F00000181021F908903737276" + "8A0273318B04636172648C026331" + "95021F91" + "9606"
                            + HexFormat.of().formatHex(Card.bytes(TestDevice.NAME)) + "970D"
                            + HexFormat.of().formatHex(Card.bytes(TestDevice.SECRET)) + "980B"
                            + HexFormat.of().formatHex(Card.bytes(TestDevice.CARD_SECRET)) + "990163" + "9A10" + KEY));

    private final HttpDmServer server = new HttpDmServer();
    private final TestTlsServer tls = new TestTlsServer(HexFormat.of().parseHex(KEY));
    private final TestDevice device = new TestDevice(TestDevice.IMEI, "ICCID:89860000000000000017");
    private final ScriptedMe me = new ScriptedMe(Uicc.builder());
    private final CardRuntime card = (CardRuntime) Memory.get(me.uicc(), "card");
    private final List<?> transientArrays = (List<?>) Memory.get(card.getTransientMemory(), "clearOnReset");

    @Test
    void the_applet_stays_within_its_transient_budget_and_allocates_nothing_after_the_installation() {
        int before = transientArrays.size();
        me.uicc().install(INSTALLATION);
        int after = transientArrays.size();
        // two keys of TLS and a mark in the file view are among them, beside the arrays of the applet
        List<Object> arrays = new ArrayList<>(transientArrays.subList(before, after));
        int bytes = arrays.stream().mapToInt(MemoryTest::size).sum();
        Set<Object> installed = reachable();
        System.out.println("DM applet: " + bytes + " bytes of transient memory in " + arrays.size() + " arrays, "
                + installed.size() + " objects: " + perClass(arrays) + "; " + persistentBytes(installed, arrays)
                + " bytes of persistent memory without headers and constants");
        assertThat(bytes).isPositive().isLessThanOrEqualTo(TRANSIENT_BUDGET);
        assertThat((List<?>) Memory.get(card.getTransientMemory(), "clearOnDeselect"))
                .as("processToolkit runs while another applet is selected")
                .isEmpty();

        me.start();
        for (int i = 0; i < 4; i++) {
            tls.resumes = i % 2 == 1;
            tls.suite = i < 2 ? 0xAE : 0xA8;
            session();
            localSession(i);
        }
        assertThat(transientArrays).hasSize(after);
        assertThat(reachable()).hasSameSizeAs(installed).allMatch(installed::contains);
    }

    @Test
    void all_cards_share_the_classes_of_the_applet() {
        assertThat(applet(installed()).getClass())
                .isNotEqualTo(DmApplet.class)
                .isEqualTo(applet(installed()).getClass());
    }

    private static Uicc installed() {
        Uicc uicc = Uicc.builder().build();
        uicc.install(INSTALLATION);
        return uicc;
    }

    private static Object applet(Uicc uicc) {
        return ((CardRuntime) Memory.get(uicc, "card")).applet(new AID(INSTANCE, (short) 0, (byte) INSTANCE.length));
    }

    private void session() {
        me.sent();
        me.selectMenu();
        tls.reconnect();
        server.read(tls.exchange(me));
        respond(server.answer("<Add><CmdID>2</CmdID><Item><Target><LocURI>./MO/x</LocURI></Target>"
                + "<Meta><m:Format>chr</m:Format></Meta><Data>one</Data></Item></Add>"
                + TndsTest.add(3, "./MO/y", TndsTest.node("", TndsTest.leaf("x", "1")))
                + TndsTest.add(
                        4,
                        "./Policy/y",
                        TndsTest.node("", TndsTest.leaf("Direction", "both") + TndsTest.leaf("Level", "1")))));
        server.read(tls.exchange(me));
        respond(server.answer("<Replace><CmdID>2</CmdID><Item><Target><LocURI>./MO/x</LocURI></Target>"
                + "<Data>twice as long</Data></Item></Replace><Get><CmdID>3</CmdID><Item><Target><LocURI>./MO/x</LocURI>"
                + "</Target></Item></Get><Delete><CmdID>4</CmdID><Item><Target><LocURI>./MO/x</LocURI></Target></Item>"
                + "</Delete>"));
        server.read(tls.exchange(me));
        assertThat(server.card()).contains("twice as long");
        respond(server.end());
        assertThat(tls.exchange(me)).isEmpty();
    }

    private void respond(byte[] response) {
        me.receive(tls.data(response));
    }

    /** The device adopts an object, and changes it. */
    private void localSession(int number) {
        device.edit("./MO/y", TndsTest.node("", TndsTest.leaf("x", "value " + number)));
        me.channelStatus(0x81, 0);
        assertThat(device.synchronise(message -> LocalPortTest.post(me, message)))
                .isGreaterThan(3);
        assertThat(device.objects).containsKey("./MO/y");
        me.channelStatus(0x41, 0);
        me.sent();
    }

    /** Objects of the card packages, and arrays, that hang on the applet. */
    private Set<Object> reachable() {
        return Memory.reachable(card.applet(new AID(INSTANCE, (short) 0, (byte) INSTANCE.length)));
    }

    /** Transient bytes by the class whose field holds the array. */
    private Map<String, Integer> perClass(List<Object> arrays) {
        Map<String, Integer> sizes = new TreeMap<>();
        for (Object owner : reachable()) {
            if (owner.getClass().isArray()) {
                continue;
            }
            for (Field field : owner.getClass().getDeclaredFields()) {
                if (field.getType().isArray() && !Modifier.isStatic(field.getModifiers())) {
                    Object array = Memory.get(owner, field);
                    if (arrays.contains(array)) {
                        sizes.merge(owner.getClass().getSimpleName(), size(array), Integer::sum);
                    }
                }
            }
        }
        return sizes;
    }

    private static int size(Object array) {
        return Array.getLength(array) * (array instanceof byte[] || array instanceof boolean[] ? 1 : 2);
    }

    /** Arrays and fields, as a card with references of two bytes keeps them. */
    private static int persistentBytes(Set<Object> objects, List<Object> transientArrays) {
        int bytes = 0;
        for (Object object : objects) {
            if (object.getClass().isArray()) {
                bytes += transientArrays.contains(object) ? 0 : size(object);
                continue;
            }
            for (Class<?> type = object.getClass(); Memory.isOurs(type); type = type.getSuperclass()) {
                for (Field field : type.getDeclaredFields()) {
                    if (!Modifier.isStatic(field.getModifiers())) {
                        bytes += field.getType() == byte.class || field.getType() == boolean.class ? 1 : 2;
                    }
                }
            }
        }
        return bytes;
    }
}
