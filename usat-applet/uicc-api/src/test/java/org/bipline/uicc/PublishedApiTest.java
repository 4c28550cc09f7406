// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;
import uicc.toolkit.ToolkitConstants;

/**
 * The compiled classes against the member listings of the published export files, line by line: a class that was
 * compiled against the published API links here unchanged.
 */
class PublishedApiTest {
    private final Map<String, Set<String>> compiled = compiledTypes();

    @Test
    void has_every_type_and_member_of_ts_102_241() {
        assertHasAll(listing("ts102241-1.0.txt"));
    }

    @Test
    void has_every_type_and_member_of_ts_31_130() {
        assertHasAll(listing("ts31130.txt"));
    }

    @Test
    void has_the_listed_members_of_later_releases_and_nothing_else_beside() {
        Map<String, Set<String>> beside = new TreeMap<>();
        Map<String, Set<String>> published = listing("ts102241-1.0.txt");
        published.putAll(listing("ts31130.txt"));
        compiled.forEach((type, members) -> {
            Set<String> rest = new TreeSet<>(members);
            rest.removeAll(published.getOrDefault(type, Set.of()));
            if (!rest.isEmpty()) {
                beside.put(type, rest);
            }
        });
        Map<String, Set<String>> allowed = listing("later-releases.txt");
        allowed.forEach((type, members) -> members.removeIf(line -> line.startsWith("type ")));
        assertThat(beside).isEqualTo(allowed);
    }

    private void assertHasAll(Map<String, Set<String>> published) {
        assertThat(published).isNotEmpty();
        published.forEach((type, members) ->
                assertThat(compiled.get(type)).as(type).isNotNull().containsAll(members));
    }

    /** Types and their lines, the type's own line ({@code type NAME ...}) first. */
    private static Map<String, Set<String>> listing(String name) {
        Map<String, Set<String>> types = new TreeMap<>();
        Set<String> members = null;
        for (String line : resource(name).split("\n", -1)) {
            if (line.startsWith("type ")) {
                members = types.computeIfAbsent(line.split(" ", -1)[1], key -> new TreeSet<>());
            }
            if (!line.isEmpty()) {
                members.add(line);
            }
        }
        return types;
    }

    private static String resource(String name) {
        try (InputStream in = PublishedApiTest.class.getResourceAsStream("/uicc/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Set<String>> compiledTypes() {
        try {
            Path root = Paths.get(ToolkitConstants.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Map<String, Set<String>> types = new LinkedHashMap<>();
            try (Stream<Path> files = Files.walk(root.resolve("uicc"))) {
                for (Path file :
                        files.filter(f -> f.toString().endsWith(".class")).collect(Collectors.toList())) {
                    ClassNode type = new ClassNode();
                    new ClassReader(Files.readAllBytes(file)).accept(type, ClassReader.SKIP_CODE);
                    if ((type.access & Opcodes.ACC_PUBLIC) != 0) {
                        types.put(type.name, lines(type));
                    }
                }
            }
            return types;
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Set<String> lines(ClassNode type) {
        Set<String> lines = new TreeSet<>();
        boolean isInterface = (type.access & Opcodes.ACC_INTERFACE) != 0;
        lines.add("type " + type.name + " " + modifiers(type.access & (Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL))
                + (isInterface ? "interface" : "class") + " extends " + type.superName
                + listed(" implements ", type.interfaces));
        for (FieldNode field : type.fields) {
            if (isVisible(field.access)) {
                lines.add(modifiers(field.access) + field.name + " " + field.desc + " = " + field.value);
            }
        }
        for (MethodNode method : type.methods) {
            if (isVisible(method.access)) {
                lines.add(modifiers(method.access) + method.name + method.desc + listed(" throws ", method.exceptions));
            }
        }
        return lines;
    }

    private static boolean isVisible(int access) {
        return (access & (Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED)) != 0;
    }

    private static String modifiers(int access) {
        return ((access & Opcodes.ACC_PUBLIC) != 0 ? "public " : "")
                + ((access & Opcodes.ACC_PROTECTED) != 0 ? "protected " : "")
                + ((access & Opcodes.ACC_ABSTRACT) != 0 ? "abstract " : "")
                + ((access & Opcodes.ACC_STATIC) != 0 ? "static " : "")
                + ((access & Opcodes.ACC_FINAL) != 0 ? "final " : "")
                + ((access & Opcodes.ACC_SYNCHRONIZED) != 0 ? "synchronized " : "")
                + ((access & Opcodes.ACC_NATIVE) != 0 ? "native " : "");
    }

    private static String listed(String word, List<String> names) {
        return names.isEmpty() ? "" : word + String.join(" ", names);
    }
}
