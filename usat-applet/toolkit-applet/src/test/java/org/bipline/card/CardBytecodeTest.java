// SPDX-License-Identifier: Apache-2.0
package org.bipline.card;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.bipline.card.fixture.AllocatingApplet;
import org.bipline.card.fixture.ForbiddenCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;

class CardBytecodeTest {
    private static final Path CARD_CLASSES = Path.of("target/classes");
    private static final String GCM = "org.bipline.card.https.GcmProtection";

    private static final CardApi API = new CardApi(false);

    @Test
    void the_card_classes_have_nothing_that_a_card_lacks_and_allocate_only_at_installation() {
        List<ClassNode> classes = cardClasses();
        assertThat(CardBytecodeScan.faultsIn(classes, new CardApi(true))).isEmpty();
        assertThat(CardBytecodeScan.faultsIn(classes, API))
                .as("what needs Java Card 3.0.5")
                .isNotEmpty()
                .allMatch(fault -> fault.startsWith(GCM));
    }

    /** The CAP files for Java Card 3.0.4 are made of the same classes, but for this one. */
    @Test
    void the_card_classes_for_3_0_4_have_nothing_of_3_0_5(@TempDir Path directory) {
        String source = GCM.replace('.', '/') + ".java";
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                null,
                                "--release",
                                "8",
                                "-Xlint:-options",
                                "-cp",
                                CARD_CLASSES + File.pathSeparator + System.getProperty("java.class.path"),
                                "-d",
                                directory.toString(),
                                Path.of("src/main/java-3.0.4", source).toString()))
                .isZero();
        List<ClassNode> classes = cardClasses();
        classes.removeIf(node -> node.name.equals(GCM.replace('.', '/')));
        classes.add(read(directory.resolve(source.replace(".java", ".class"))));
        assertThat(CardBytecodeScan.faultsIn(classes, API)).isEmpty();
    }

    private static List<ClassNode> cardClasses() {
        List<ClassNode> classes = new ArrayList<>();
        try (Stream<Path> files = Files.walk(CARD_CLASSES)) {
            files.filter(file -> file.toString().endsWith(".class"))
                    .filter(file -> !file.endsWith("package-info.class"))
                    .forEach(file -> classes.add(read(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(classes).isNotEmpty();
        return classes;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            IntLocal                 | use variable sum: int
            IntParameter             | use: int
            IntField                 | field: int
            LongField                | field: long
            FloatReturn              | use: float
            DoubleArithmetic         | long, float or double
            CharParameter            | use: char
            IntArray                 | array of int, char, float, long or double
            ForEach                  | int as a counter
            WideLiteral              | literal 65535 of more than 16 bits
            ComparedSum              | comparison of a value that may need more than 16 bits
            ComparedShift            | comparison of a value that may need more than 16 bits
            ComparedUnsignedShift    | comparison of a value that may need more than 16 bits
            ComparedNegation         | comparison of a value that may need more than 16 bits
            ComparedQuotient         | comparison of a value that may need more than 16 bits
            ComparedOr               | comparison of a value that may need more than 16 bits
            ComparedMaskedByVariable | comparison of a value that may need more than 16 bits
            ComparedChoice           | comparison of a value that may need more than 16 bits
            DividedSum               | division of a value that may need more than 16 bits
            RemainderOfSum           | division of a value that may need more than 16 bits
            ShiftedSum               | right shift of a value that may need more than 16 bits
            IndexedBySum             | array index that may need more than 16 bits
            StoredBySum              | array index that may need more than 16 bits
            SizedBySum               | array size that may need more than 16 bits
            SwitchOverSum            | switch over a value that may need more than 16 bits
            PassedSum                | argument that may need more than 16 bits
            Text                     | constant of type String
            SwitchOnString           | not in the card's API: java/lang/String
            Threads                  | not in the card's API: java/lang/Thread
            Monitor                  | monitor
            SynchronizedMethod       | synchronized method
            Lambda                   | invokedynamic
            Concatenation            | invokedynamic
            Enumeration              | enum
            AnnotatedClass           | AnnotatedClass: annotation in the class file
            AnnotatedMethod          | use: annotation in the class file
            AnnotatedField           | field: annotation in the class file
            TwoDimensions            | array of more than one dimension
            TwoDimensionsField       | field: array of more than one dimension
            TryWithResources         | not in the card's API: java/lang/AutoCloseable
            OutsideJavaCard          | not in the card's API: java/util/Random
            MemberOutsideJavaCard    | .hashCode()I
            LaterJavaCard            | .toString()
            LaterToolkit             | isPrioritizedProactiveHandlerAvailableEventSet
            CaughtOutsideJavaCard    | not in the card's API: java/lang/StackOverflowError
            Finalizer                | finalizer
            NativeMethod             | native method
            ClassLiteral             | constant of type Type
            Assertion                | not in the card's API: java/lang/AssertionError
            CodeInInterface          | code in an interface
            StaticArray              | static array in a package without applet
            StaticObject             | static initialiser that computes
            CloneOfArray             | method of an array
            """)
    void finds(String fixture, String fault) {
        ClassNode node = read(fixtureFile(ForbiddenCode.class.getSimpleName() + "$" + fixture));
        assertThat(CardBytecodeScan.faultsIn(List.of(node), API)).anyMatch(found -> found.contains(fault));
    }

    @Test
    void passes_what_the_compiler_makes_of_short_arithmetic() {
        for (String fixture : List.of("Clean", "Clean2")) {
            ClassNode node = read(fixtureFile(ForbiddenCode.class.getSimpleName() + "$" + fixture));
            assertThat(CardBytecodeScan.faultsIn(List.of(node), API)).isEmpty();
        }
    }

    @Test
    void finds_allocation_behind_each_entry_and_none_at_installation() {
        String name = AllocatingApplet.class.getSimpleName();
        Set<String> faults = CardBytecodeScan.faultsIn(
                List.of(
                        read(fixtureFile(name)),
                        read(fixtureFile(name + "$Listener")),
                        read(fixtureFile(name + "$Allocator"))),
                API);
        assertThat(faults)
                .map(fault -> fault.replaceAll(":\\d+:", ":").replaceAll("^.*fixture\\.", ""))
                .containsExactlyInAnyOrder(
                        name + "$Allocator.heard: allocation after installation, by " + name + ".process > " + name
                                + "$Allocator.heard",
                        name + ".step: allocation after installation, by " + name + ".processToolkit > " + name
                                + ".step",
                        name + ".select: allocation after installation, by " + name + ".select",
                        name + ".deselect: allocation after installation, by " + name + ".deselect",
                        name + ".getShareableInterfaceObject: allocation after installation, by " + name
                                + ".getShareableInterfaceObject");
    }

    private static Path fixtureFile(String name) {
        return Path.of("target/test-classes/org/bipline/card/fixture", name + ".class");
    }

    private static ClassNode read(Path file) {
        ClassNode node = new ClassNode();
        try {
            new ClassReader(Files.readAllBytes(file)).accept(node, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return node;
    }
}
