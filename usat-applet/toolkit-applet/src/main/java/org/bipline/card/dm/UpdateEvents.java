// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import javacard.framework.JCSystem;
import uicc.toolkit.ToolkitConstants;
import uicc.toolkit.ToolkitException;
import uicc.toolkit.ToolkitRegistry;
import uicc.toolkit.ToolkitRegistrySystem;

/**
 * The events of the ME that start a session, as ./Update/Event names them: words with commas or blanks between; others are
 * passed over. The applet is registered for an event as long as it is named.
 */
final class UpdateEvents implements MessageSink {
    /** The words, each behind its length; events that the ME reports once only are not among them. */
    private static final byte[] NAMES = {
        14, 'L', 'o', 'c', 'a', 't', 'i', 'o', 'n', 'S', 't', 'a', 't', 'u', 's', 17, 'L', 'a', 'n', 'g', 'u', 'a', 'g',
        'e', 'S', 'e', 'l', 'e', 'c', 't', 'i', 'o', 'n', 22, 'A', 'c', 'c', 'e', 's', 's', 'T', 'e', 'c', 'h', 'n',
        'o', 'l', 'o', 'g', 'y', 'C', 'h', 'a', 'n', 'g', 'e', 23, 'N', 'e', 't', 'w', 'o', 'r', 'k', 'S', 'e', 'a',
        'r', 'c', 'h', 'M', 'o', 'd', 'e', 'C', 'h', 'a', 'n', 'g', 'e', 8, 'S', 'w', 'i', 't', 'c', 'h', 'O', 'n'
    };

    /** What the applet registers for, in the order of the words; the last needs no registration of its own. */
    private static final short[] EVENTS = {
        ToolkitConstants.EVENT_EVENT_DOWNLOAD_LOCATION_STATUS,
        ToolkitConstants.EVENT_EVENT_DOWNLOAD_LANGUAGE_SELECTION,
        ToolkitConstants.EVENT_EVENT_DOWNLOAD_ACCESS_TECHNOLOGY_CHANGE,
        ToolkitConstants.EVENT_EVENT_DOWNLOAD_NETWORK_SEARCH_MODE_CHANGE
    };

    private static final byte WORDS = 5;
    private static final byte SWITCH_ON = 4; // index of its word

    // indexes into state: one bit for each word
    private static final byte NAMED = 0;
    private static final byte POSSIBLE = 1; // the word that is read may still be this one
    private static final byte LENGTH = 2; // of it so far
    private static final byte STATE_SIZE = 3;

    private final MoStore store;
    private final short[] state;

    UpdateEvents(MoStore store) {
        this.store = store;
        state = JCSystem.makeTransientShortArray(STATE_SIZE, JCSystem.CLEAR_ON_RESET);
    }

    /** Registers the applet for the events that are named, and for no others. */
    void subscribe() {
        read();
        ToolkitRegistry registry = ToolkitRegistrySystem.getEntry();
        for (short i = 0; i < (short) EVENTS.length; i++) {
            boolean named = (state[NAMED] & (short) (1 << i)) != 0;
            if (named != registry.isEventSet(EVENTS[i])) {
                register(registry, EVENTS[i], named);
            }
        }
    }

    private static void register(ToolkitRegistry registry, short event, boolean named) {
        try {
            if (named) {
                registry.setEvent(event);
            } else {
                registry.clearEvent(event);
            }
        } catch (ToolkitException e) {
            // a framework that does not know the event does not report it
        }
    }

    /** Tells whether any event is named. */
    boolean isAnyNamed() {
        read();
        return state[NAMED] != 0;
    }

    /** Tells whether a session is to follow when the ME is switched on. */
    boolean isSwitchOnNamed() {
        read();
        return (state[NAMED] & (short) (1 << SWITCH_ON)) != 0;
    }

    /** Tells whether an event that the applet got is one of those that can be named. */
    static boolean isOne(short event) {
        for (short i = 0; i < (short) EVENTS.length; i++) {
            if (EVENTS[i] == event) {
                return true;
            }
        }
        return false;
    }

    private void read() {
        state[NAMED] = 0;
        short leaf = ManagementTree.update(store, ManagementTree.EVENT);
        if (leaf != MoStore.NONE) {
            beginWord();
            store.writeLeaf(leaf, this);
            endWord();
        }
    }

    private void beginWord() {
        state[POSSIBLE] = (1 << WORDS) - 1;
        state[LENGTH] = 0;
    }

    @Override
    public void write(byte[] buf, short off, short len) {
        for (short end = (short) (off + len); off < end; off++) {
            write(buf[off]);
        }
    }

    @Override
    public void write(byte b) {
        if (b == ',' || b == ' ') {
            endWord();
            beginWord();
            return;
        }
        short word = 1;
        for (short at = 0; at < (short) NAMES.length; at = (short) (at + 1 + NAMES[at])) {
            if (state[LENGTH] >= NAMES[at] || NAMES[(short) (at + 1 + state[LENGTH])] != b) {
                state[POSSIBLE] &= (short) ~word;
            }
            word = (short) (word << 1);
        }
        if (state[POSSIBLE] != 0) { // else it is longer than all
            state[LENGTH]++;
        }
    }

    private void endWord() {
        short word = 1;
        for (short at = 0; at < (short) NAMES.length; at = (short) (at + 1 + NAMES[at])) {
            if ((state[POSSIBLE] & word) != 0 && state[LENGTH] == NAMES[at]) {
                state[NAMED] |= word;
            }
            word = (short) (word << 1);
        }
    }
}
