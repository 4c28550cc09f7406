// SPDX-License-Identifier: Apache-2.0
package org.bipline.me.dm;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.bipline.dm.ddf.AccessType;

/**
 * Which servers may do what. OMA DM Tree and Description, property ACL.
 *
 * @param servers identifiers of servers, or {@code *}, for each command; no command has an empty set
 */
record Acl(Map<AccessType, SortedSet<String>> servers) {
    /** No value: the ACL of the parent holds. */
    static final Acl NONE = new Acl(Map.of());

    private static final String ANY = "*";
    private static final Pattern SERVER = Pattern.compile("\\*|[^=&*+\\s\\p{Cntrl}]+");
    private static final Map<String, AccessType> COMMANDS = Map.of(
            "Add", AccessType.ADD,
            "Delete", AccessType.DELETE,
            "Exec", AccessType.EXEC,
            "Get", AccessType.GET,
            "Replace", AccessType.REPLACE);

    Acl {
        servers = Collections.unmodifiableMap(servers);
    }

    /** Empty if the text does not follow the grammar; a command named twice does not. */
    static Optional<Acl> parse(String text) {
        if (text.isEmpty()) {
            return Optional.of(NONE);
        }
        Map<AccessType, SortedSet<String>> servers = new EnumMap<>(AccessType.class);
        for (String entry : text.split("&", -1)) {
            int equals = entry.indexOf('=');
            AccessType command = equals < 0 ? null : COMMANDS.get(entry.substring(0, equals));
            SortedSet<String> named =
                    new TreeSet<>(Arrays.asList(entry.substring(equals + 1).split("\\+", -1)));
            boolean wellFormed =
                    named.stream().allMatch(name -> SERVER.matcher(name).matches());
            if (command == null || !wellFormed || servers.put(command, named) != null) {
                return Optional.empty();
            }
        }
        return Optional.of(new Acl(servers));
    }

    boolean isEmpty() {
        return servers.isEmpty();
    }

    boolean allows(AccessType command, String server) {
        SortedSet<String> allowed = servers.getOrDefault(command, Collections.emptySortedSet());
        return allowed.contains(ANY) || allowed.contains(server);
    }

    Acl with(String server, AccessType... commands) {
        Map<AccessType, SortedSet<String>> more = new EnumMap<>(AccessType.class);
        servers.forEach((command, named) -> more.put(command, new TreeSet<>(named)));
        for (AccessType command : commands) {
            SortedSet<String> named = more.computeIfAbsent(command, absent -> new TreeSet<>());
            if (!named.contains(ANY)) {
                named.add(server);
            }
        }
        return new Acl(more);
    }

    boolean names(String server) {
        return servers.values().stream().anyMatch(named -> named.contains(server));
    }

    /** The same without this server; a command for which no server is left is not in it. */
    Acl without(String server) {
        Map<AccessType, SortedSet<String>> fewer = new EnumMap<>(AccessType.class);
        servers.forEach((command, named) -> {
            SortedSet<String> others = new TreeSet<>(named);
            others.remove(server);
            if (!others.isEmpty()) {
                fewer.put(command, others);
            }
        });
        return new Acl(fewer);
    }

    /** The same without this server; a command for which no server is left is for any, as that of the root has to be. */
    Acl withAnyFor(String server) {
        Map<AccessType, SortedSet<String>> others =
                new EnumMap<>(without(server).servers());
        servers.keySet().forEach(command -> others.putIfAbsent(command, new TreeSet<>(List.of(ANY))));
        return new Acl(others);
    }

    @Override
    public String toString() {
        return servers.entrySet().stream()
                .map(entry -> name(entry.getKey()) + "=" + String.join("+", entry.getValue()))
                .collect(joining("&"));
    }

    private static String name(AccessType command) {
        return command.name().charAt(0) + command.name().substring(1).toLowerCase(Locale.ROOT);
    }
}
