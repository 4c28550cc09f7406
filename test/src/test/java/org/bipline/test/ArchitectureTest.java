// SPDX-License-Identifier: Apache-2.0
package org.bipline.test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.security.SecureRandom;
import java.util.Set;
import java.util.TreeSet;

/** The directions of dependency of {@code specs/architecture.md}, checked on bytecode. */
@AnalyzeClasses(
        packages = {"uicc", "org.bipline"},
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.OnlyBipline.class})
final class ArchitectureTest {
    private static final String[] JDK = {"java..", "javax..", "jdk..", "com.sun..", "org.xml.sax..", "org.w3c.dom.."};
    private static final String[] JAVA_CARD = {"javacard..", "javacardx.."};
    private static final String[] NETTY = {"io.netty.."};
    private static final String SLF4J = "org.slf4j..";

    /** jCardSim's and other archives bring packages of the same names; only what this build compiled is looked at. */
    static final class OnlyBipline implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("jcardsim");
        }
    }

    @ArchTest
    static final ArchRule uicc_api_sees_java_card_and_its_spi_only =
            only(in("uicc..", "org.bipline.uicc.spi.."), "uicc..", "org.bipline.uicc.spi..", JAVA_CARD);

    @ArchTest
    static final ArchRule card_code_sees_java_card_and_uicc_api_only = only(
            in("org.bipline.card.."),
            "org.bipline.card..",
            "uicc.toolkit..",
            "uicc.access..",
            "uicc.system..",
            "uicc.usim..",
            JAVA_CARD);

    @ArchTest
    static final ArchRule bip_package_stands_alone = noClasses()
            .that()
            .resideInAPackage("org.bipline.card.bip..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.bipline.card.https..", "org.bipline.card.dm..");

    @ArchTest
    static final ArchRule https_package_does_not_know_the_dm_applet = noClasses()
            .that()
            .resideInAPackage("org.bipline.card.https..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.bipline.card.dm..");

    @ArchTest
    static final ArchRule uicc_runtime_sees_uicc_api_and_jcardsim_only = only(
            in("org.bipline.uicc.runtime.."),
            "org.bipline.uicc..",
            "uicc..",
            "com.licel.jcardsim..",
            "org.objectweb.asm..",
            SLF4J,
            JAVA_CARD);

    @ArchTest
    static final ArchRule cat_codec_sees_the_jdk_only = only(in("org.bipline.cat.."), "org.bipline.cat..");

    @ArchTest
    static final ArchRule me_engine_sees_codecs_and_netty_only =
            only(in("org.bipline.me.."), "org.bipline.me..", "org.bipline.cat..", dmProtocol(), NETTY, SLF4J);

    @ArchTest
    static final ArchRule dm_protocol_sees_the_jdk_only = only(dmProtocolClasses(), dmProtocol());

    @ArchTest
    static final ArchRule dm_server_sees_dm_protocol_and_jdbc_only = only(
            in("org.bipline.dm.server.."),
            "org.bipline.dm..",
            "com.zaxxer.hikari..",
            "org.flywaydb..",
            "org.h2..",
            SLF4J);

    @ArchTest
    static final ArchRule gateway_sees_dm_server_cat_codec_netty_and_jackson_only = only(
            in("org.bipline.gateway.."),
            "org.bipline.gateway..",
            "org.bipline.dm..",
            "org.bipline.cat..",
            "org.bouncycastle..",
            "io.micrometer..",
            "com.fasterxml.jackson..",
            NETTY,
            SLF4J);

    @ArchTest
    static final ArchRule modules_have_no_cycles =
            slices().matching("org.bipline.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule only_the_command_line_writes_to_standard_output = noClasses()
            .that()
            .resideOutsideOfPackages("org.bipline.lab..", "org.bipline.test..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");

    @ArchTest
    static final ArchRule nobody_sleeps = noClasses().should().callMethod(Thread.class, "sleep", long.class);

    @ArchTest
    static final ArchRule the_clock_is_passed_in = noClasses()
            .that()
            .haveSimpleNameNotEndingWith("Clock")
            .and()
            .resideOutsideOfPackage("org.bipline.test..")
            .should()
            .callMethod(System.class, "currentTimeMillis");

    @ArchTest
    static final ArchRule chance_is_passed_in = noClasses()
            .that()
            .resideOutsideOfPackages("org.bipline.lab.cli..", "org.bipline.test..")
            .should()
            .callConstructor(SecureRandom.class);

    @ArchTest
    static final ArchRule sockets_come_from_netty_but_for_those_of_the_virtual_reader_and_jsmpp = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("org.bipline.lab.reader.VirtualReader")
            .and()
            .doNotHaveFullyQualifiedName("org.bipline.lab.push.SmsCentre$Loopback")
            .and()
            .doNotHaveFullyQualifiedName("org.bipline.test.bench.HandshakeBench") // one client for two servers
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(Socket.class, ServerSocket.class, SocketChannel.class, ServerSocketChannel.class);

    @ArchTest
    static void every_package_says_what_it_is(JavaClasses classes) {
        Set<String> all = new TreeSet<>();
        Set<String> described = new TreeSet<>();
        for (JavaClass c : classes) {
            all.add(c.getPackageName());
            if (c.getSimpleName().equals("package-info")) {
                described.add(c.getPackageName());
            }
        }
        // A package-info without annotations leaves no class file, so the sources are asked.
        all.removeAll(described);
        all.removeIf(Sources::hasPackageInfo);
        all.removeIf(name -> name.endsWith(".jmh_generated"));
        assertThat(all).isEmpty();
    }

    private static DescribedPredicate<JavaClass> in(String... packages) {
        return JavaClass.Predicates.resideInAnyPackage(packages);
    }

    private static DescribedPredicate<JavaClass> dmProtocolClasses() {
        return JavaClass.Predicates.resideInAPackage("org.bipline.dm..")
                .and(DescribedPredicate.not(JavaClass.Predicates.resideInAPackage("org.bipline.dm.server..")))
                .as("dm-protocol");
    }

    /** Marker among the packages of {@link #only}: those of dm-protocol, the server's left out. */
    private static String dmProtocol() {
        return "dm-protocol";
    }

    private static ArchRule only(DescribedPredicate<JavaClass> from, Object... to) {
        DescribedPredicate<JavaClass> allowed = in(JDK);
        for (Object entry : to) {
            if (entry instanceof String[] several) {
                allowed = allowed.or(in(several));
            } else if (entry.equals(dmProtocol())) {
                allowed = allowed.or(dmProtocolClasses());
            } else {
                allowed = allowed.or(in((String) entry));
            }
        }
        DescribedPredicate<JavaClass> permitted = allowed;
        return classes().that(from).should(new ArchCondition<>("depend on permitted packages only") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                item.getDirectDependenciesFromSelf().stream()
                        .filter(d -> !permitted.test(d.getTargetClass().getBaseComponentType())
                                && !d.getTargetClass().getBaseComponentType().isPrimitive())
                        .forEach(d -> events.add(SimpleConditionEvent.violated(d, d.getDescription())));
            }
        });
    }
}
