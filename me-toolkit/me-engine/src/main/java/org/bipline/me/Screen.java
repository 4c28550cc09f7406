// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import java.util.Optional;

/**
 * What the user of the ME sees of the card's texts.
 *
 * @param text the text or question on the display, as long as it stands there
 * @param idleText the text of SET UP IDLE MODE TEXT
 * @param browser the address that the browser shows
 * @param language of the card's texts, two letters of ISO 639, as LANGUAGE NOTIFICATION told it
 */
public record Screen(
        Optional<String> text, Optional<String> idleText, Optional<String> browser, Optional<String> language) {
    static final Screen EMPTY = new Screen(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    Screen withText(Optional<String> shown) {
        return new Screen(shown, idleText, browser, language);
    }

    Screen withIdleText(Optional<String> shown) {
        return new Screen(text, shown, browser, language);
    }

    Screen withBrowser(Optional<String> shown) {
        return new Screen(text, idleText, shown, language);
    }

    Screen withLanguage(Optional<String> told) {
        return new Screen(text, idleText, browser, told);
    }
}
