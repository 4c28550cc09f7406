// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.scenario;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.bipline.cat.envelope.Envelope;
import org.bipline.cat.object.Result;
import org.bipline.cat.object.SmsTpdu;
import org.bipline.cat.object.TypeOfCommand;
import org.bipline.cat.tlv.ByteString;
import org.bipline.dm.server.JobSpec;
import org.bipline.dm.server.JobState;
import org.bipline.me.Surroundings;
import org.bipline.me.UserAction;

/**
 * One step of a scenario.
 *
 * @param line its line in the file
 * @param precondition whether the scenario is inconclusive, and not failed, when this does not go as it is to
 * @param action what is done or checked
 */
record Step(int line, boolean precondition, Action action) {
    /** What a step does or checks. */
    sealed interface Action {
        /** Whether this checks something; most steps only do something. */
        default boolean checks() {
            return false;
        }

        /** The step in a few words. */
        String text();
    }

    /** A step that does nothing but check. */
    sealed interface Check extends Action {
        @Override
        default boolean checks() {
            return true;
        }
    }

    /** The ME is switched on or off, or resets the card. */
    record Power(State state) implements Action {
        enum State {
            ON,
            OFF,
            RESET
        }

        @Override
        public String text() {
            return "power " + state.name().toLowerCase(Locale.ROOT);
        }
    }

    /** The user picks an item of the menu, or asks for help on it. */
    record Menu(String item, boolean help) implements Action {
        @Override
        public String text() {
            return (help ? "help on " : "select ") + '"' + item + '"';
        }
    }

    /**
     * The card's next proactive command, of those that the scenario is about.
     *
     * @param within how long to wait for it
     * @param user what the user does about it, when the ME performs it
     */
    record Expect(
            TypeOfCommand command, PduConstraints constraints, Duration within, Reply reply, Optional<UserAction> user)
            implements Check {
        @Override
        public String text() {
            return "expect " + command.text();
        }
    }

    /** How the ME answers a command. */
    sealed interface Reply {
        /** By performing it. */
        record Own() implements Reply {}

        /**
         * By this result, without performing it.
         *
         * @param objects encoded data objects behind the result
         * @param after how long it takes
         */
        record Scripted(Result result, ByteString objects, Duration after) implements Reply {}

        /** By this TERMINAL RESPONSE, without performing it. */
        record Exact(ByteString pdu, Duration after) implements Reply {}
    }

    /** The scripted card asks for a proactive command. */
    record Issue(ByteString pdu) implements Action {
        @Override
        public String text() {
            return "issue " + pdu;
        }
    }

    /** The ME's TERMINAL RESPONSE to the scripted card. */
    record Response(Optional<Integer> result, PduConstraints constraints, Duration within) implements Check {
        @Override
        public String text() {
            return "response" + result.map(r -> String.format(" %02X", r)).orElse("");
        }
    }

    /** An ENVELOPE that the ME hands to the scripted card, or by itself to any card. */
    record Told(String name, PduConstraints constraints, Duration within) implements Check {
        @Override
        public String text() {
            return "envelope " + name;
        }
    }

    /** Something happens round the ME. */
    record Happens(String text, Consumer<Surroundings> change) implements Action {}

    /** The ME hands this envelope to the card. */
    record Hands(Envelope envelope, Optional<HexPattern> answer) implements Action {
        @Override
        public boolean checks() {
            return answer.isPresent();
        }

        @Override
        public String text() {
            return "hand over an envelope";
        }
    }

    /** Something happens to the network. */
    sealed interface Network extends Action {
        /** The ME loses its connections. */
        record Lose() implements Network {
            @Override
            public String text() {
                return "coverage lost";
            }
        }

        /** The ME loses its connections after so many more bytes. */
        record LoseAfter(int bytes) implements Network {
            @Override
            public String text() {
                return "coverage lost after " + bytes + " bytes";
            }
        }

        /** The ME gets connections again. */
        record Regain() implements Network {
            @Override
            public String text() {
                return "coverage regained";
            }
        }

        /** Packets take this long from now on. */
        record Delay(Duration shortest, Duration longest) implements Network {
            @Override
            public String text() {
                return "delay " + shortest + " to " + longest;
            }
        }

        /** This many bytes can be under way. */
        record Window(int bytes) implements Network {
            @Override
            public String text() {
                return "window of " + bytes + " bytes";
            }
        }

        /** Packets to an address vanish. */
        record Silent(InetSocketAddress address) implements Network {
            @Override
            public String text() {
                return "packets to " + address + " vanish";
            }
        }

        /** The link of a channel breaks. */
        record Drop(int channel) implements Network {
            @Override
            public String text() {
                return "link of channel " + channel + " dropped";
            }
        }

        /** The gateway and the DM server end and start again. */
        record RestartServer() implements Network {
            @Override
            public String text() {
                return "server restarted";
            }
        }
    }

    /** A peer does something with its latest connection. */
    record PeerActs(String peer, Deed deed, ByteString bytes) implements Action {
        enum Deed {
            SENDS,
            FINISHES,
            RESETS,
            CLOSES,
            PAUSES,
            RESUMES,
            STOPS
        }

        @Override
        public String text() {
            return peer + " " + deed.name().toLowerCase(Locale.ROOT);
        }
    }

    /** A peer connects to a port of the ME at which the card listens. */
    record PeerConnects(String peer, int port) implements Action {
        @Override
        public String text() {
            return peer + " connects to port " + port;
        }
    }

    /** The next bytes that a peer gets. */
    record PeerReceives(String peer, ByteString bytes, Duration within) implements Check {
        @Override
        public String text() {
            return peer + " receives " + bytes;
        }
    }

    /** A peer's latest connection is ended by the other side. */
    record PeerSeesEnd(String peer, Duration within) implements Check {
        @Override
        public String text() {
            return peer + " sees the end of the connection";
        }
    }

    /** Time passes; during a quiet time the card may ask for nothing. */
    record Passes(Duration time, boolean quiet) implements Action {
        @Override
        public boolean checks() {
            return quiet;
        }

        @Override
        public String text() {
            return (quiet ? "quiet " : "wait ") + time;
        }
    }

    /** The ME comes to rest: no channel, no proactive session, nothing to tell the card. */
    record Idle(Duration within) implements Check {
        @Override
        public String text() {
            return "idle";
        }
    }

    /** The card loses its power at one of its next writes. */
    record Cut(int write, boolean torn) implements Action {
        @Override
        public String text() {
            return "power cut at write " + write;
        }
    }

    /** A short message comes in. */
    record Push(String from, List<SmsTpdu> parts, Optional<HexPattern> answer) implements Action {
        Push {
            parts = List.copyOf(parts);
        }

        @Override
        public boolean checks() {
            return answer.isPresent();
        }

        @Override
        public String text() {
            return "short message from " + from;
        }
    }

    /** A command APDU to the card, and what it answers. */
    record Apdu(ByteString command, Optional<HexPattern> answer) implements Action {
        @Override
        public boolean checks() {
            return answer.isPresent();
        }

        @Override
        public String text() {
            return "APDU " + command;
        }
    }

    /** What a file of the card holds. */
    record FileHolds(List<Integer> path, Optional<Integer> record, HexPattern content) implements Check {
        FileHolds {
            path = List.copyOf(path);
        }

        @Override
        public String text() {
            StringBuilder name = new StringBuilder("file");
            path.forEach(identifier -> name.append(String.format(" %04X", identifier)));
            record.ifPresent(number -> name.append(" record ").append(number));
            return name.toString();
        }
    }

    /** The DM server has a job for the card. */
    record Job(String text, JobSpec spec) implements Action {}

    /** How the last job stands, and what it has read. */
    record JobIs(JobState state, Map<String, String> results) implements Check {
        JobIs {
            results = Map.copyOf(results);
        }

        @Override
        public String text() {
            return "job " + state;
        }
    }

    /** How the DM applet's last session ended: {@code success}, or what its explanation has in it. */
    record Outcome(String wanted) implements Check {
        @Override
        public String text() {
            return "outcome " + wanted;
        }
    }

    /** What the display shows. */
    record Shows(String wanted) implements Check {
        @Override
        public String text() {
            return "screen shows \"" + wanted + '"';
        }
    }

    boolean checks() {
        return !precondition && action.checks();
    }

    String text() {
        return action.text();
    }
}
