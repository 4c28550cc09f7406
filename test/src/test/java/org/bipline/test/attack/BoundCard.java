// SPDX-License-Identifier: Apache-2.0
package org.bipline.test.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeoutException;
import javacard.framework.AID;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.bipline.dm.server.Job;
import org.bipline.dm.server.JobSpec;
import org.bipline.dm.server.JobState;
import org.bipline.dm.server.ManagementCommand;
import org.bipline.dm.server.MemoryStore;
import org.bipline.dm.server.Store;
import org.bipline.lab.card.DmAppletInstallation;
import org.bipline.lab.card.UiccLink;
import org.bipline.lab.simulation.Simulation;
import org.bipline.me.DmClientProfile;
import org.bipline.me.MeProfile;
import org.bipline.me.MobileEquipment;
import org.bipline.me.UserModel;
import org.bipline.me.VirtualClock;
import org.bipline.me.dm.CardSessions;
import org.bipline.me.dm.DeviceIdentity;
import org.bipline.me.dm.DeviceTree;
import org.bipline.me.dm.DmClient;
import org.bipline.me.dm.ManagementTree;
import org.bipline.me.dm.MeUser;
import org.bipline.test.Fleet;
import org.bipline.uicc.runtime.Uicc;
import org.bipline.uicc.runtime.vm.CardRuntime;

/** A card with an object for banking, its server, and whoever has the card in his hands. */
final class BoundCard implements AutoCloseable {
    static final String OBJECT = "./MO/Bank";
    static final String PIN = OBJECT + "/Pin";
    static final String VALUE = "pin 4711 of the owner";
    static final String OWNER = "490154203237518";
    static final String THIEF = "350000000000006";

    private static final int NUMBER = 1;
    private static final int PORT = 8443;
    private static final int WINDOW = 8; // bytes of a value that are no accident
    private static final Duration LIMIT = Duration.ofMinutes(10); // of virtual time

    private final VirtualClock clock = new VirtualClock();
    private final Store store = new MemoryStore();
    private final Simulation simulation = new Simulation(clock, 1, store, s -> {}, g -> {});
    private final Uicc card;
    private final Optional<DmClientProfile.Account> account;

    /**
     * Makes the card and its object, while it is in the device of its owner.
     *
     * @param authenticated whether devices have to authenticate themselves
     * @param policy names and values of leaves beside those that release the object
     */
    BoundCard(boolean authenticated, String... policy) throws IOException, TimeoutException {
        store.putDevice(Fleet.device(NUMBER, Fleet.CARD_SECRET, Fleet.SERVER_SECRET));
        account = authenticated
                ? Optional.of(new DmClientProfile.Account("device", "device secret", "local card secret"))
                : Optional.empty();
        var parameters = Fleet.parameters(NUMBER, Simulation.SERVER).localPort(PORT);
        card = Fleet.card(
                NUMBER,
                authenticated ? parameters.device("device", "device secret", "local card secret") : parameters,
                settings -> settings.random(simulation.random()));
        List<ManagementCommand> commands = new ArrayList<>(List.of(
                ManagementCommand.addInterior("./Policy/Bank", Optional.empty()),
                leaf("./Policy/Bank/Direction", "both"),
                leaf("./Policy/Bank/Consent", "false")));
        for (int i = 0; i < policy.length; i += 2) {
            commands.add(leaf("./Policy/Bank/" + policy[i], policy[i + 1]));
        }
        commands.addAll(List.of(
                ManagementCommand.addInterior(OBJECT, Optional.of("urn:x-test:bank:1.0")),
                leaf(OBJECT + "/Name", "ours"),
                leaf(PIN, VALUE)));
        Job job = manage(commands.toArray(ManagementCommand[]::new));
        assertThat(job.state()).as(job.reason()).isEqualTo(JobState.DONE);
    }

    static ManagementCommand leaf(String uri, String value) {
        return ManagementCommand.add(uri, Format.CHR, "text/plain", NodeValue.text(value));
    }

    /** A session with the server, in the device of the owner without its DM client. */
    Job manage(ManagementCommand... commands) throws IOException, TimeoutException {
        try (MobileEquipment me = simulation.me(new UiccLink(card)).build()) {
            me.powerOn();
            simulation.settle(me, LIMIT);
            Job job = simulation.server().submit(Fleet.deviceId(NUMBER), JobSpec.commands(commands));
            me.selectMenuItem(DmAppletInstallation.MENU_TEXT);
            simulation.settle(me, LIMIT);
            return store.job(job.id()).orElseThrow();
        }
    }

    /** What a device has after the card was in it: its ME tells one IMEI, its DM client another or the same. */
    ManagementTree in(MeProfile profile, String devId) throws IOException, TimeoutException {
        ManagementTree tree = DeviceTree.factory(DeviceIdentity.of(devId, "en"), Clock.systemUTC());
        DmClient client = DmClient.builder(
                        tree,
                        (uri, message) -> {
                            throw new IOException("no server is reached from here");
                        },
                        new SplittableRandom(2))
                .user(new MeUser(UserModel.PATIENT))
                .build();
        try (MobileEquipment me = simulation
                .me(new UiccLink(card))
                .profile(profile)
                .application(new CardSessions(client, PORT, account))
                .build()) {
            me.powerOn();
            simulation.settle(me, LIMIT);
        }
        return tree;
    }

    /** Whether a value, or a part of it, stands in an array of the applet or of what it holds. */
    boolean holdsInClear(String value) {
        byte[] aid = HexFormat.of().parseHex(DmAppletInstallation.AID);
        Object runtime = get(card, "card");
        Object applet = ((CardRuntime) runtime).applet(new AID(aid, (short) 0, (byte) aid.length));
        Set<Object> found = Collections.newSetFromMap(new IdentityHashMap<>());
        collect(applet, found);
        assertThat(found).hasSizeGreaterThan(100);
        return found.stream()
                .filter(each -> each instanceof byte[])
                .map(each -> new String((byte[]) each, StandardCharsets.ISO_8859_1))
                .anyMatch(array -> hasPart(array, value));
    }

    private static boolean hasPart(String array, String value) {
        for (int at = 0; at + WINDOW <= value.length(); at++) {
            if (array.contains(value.substring(at, at + WINDOW))) {
                return true;
            }
        }
        return false;
    }

    private static void collect(Object object, Set<Object> found) {
        if (object == null || !isOfTheCard(object.getClass()) || !found.add(object)) {
            return;
        }
        if (object instanceof Object[] array) {
            for (Object element : array) {
                collect(element, found);
            }
        }
        for (Class<?> type = object.getClass(); type != null && !type.isArray(); type = type.getSuperclass()) {
            for (Field field : isOfTheCard(type) ? type.getDeclaredFields() : new Field[0]) {
                if (!field.getType().isPrimitive() && !Modifier.isStatic(field.getModifiers())) {
                    collect(get(object, field), found);
                }
            }
        }
    }

    private static boolean isOfTheCard(Class<?> type) {
        return type.isArray() || type.getName().startsWith("org.bipline.card.");
    }

    private static Object get(Object object, String name) {
        try {
            return get(object, object.getClass().getDeclaredField(name));
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object get(Object object, Field field) {
        try {
            field.setAccessible(true);
            return field.get(object);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        simulation.close();
    }
}
