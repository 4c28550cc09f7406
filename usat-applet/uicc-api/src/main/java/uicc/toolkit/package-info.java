// SPDX-License-Identifier: Apache-2.0
/**
 * The card application toolkit for applets: events, menu entries, timers, channels and proactive commands. ETSI
 * TS 102 241, package version 1.0, with members of later versions where their documentation says so.
 *
 * <p>A toolkit applet implements {@link uicc.toolkit.ToolkitInterface}, registers for events at installation, and does
 * its work in {@code processToolkit}:
 *
 * <pre>
 * private MyApplet() {
 *     register();
 *     ToolkitRegistry registry = ToolkitRegistrySystem.getEntry();
 *     registry.initMenuEntry(TITLE, (short) 0, (short) TITLE.length, (byte) 0, false, (byte) 0, (short) 0);
 * }
 *
 * public void processToolkit(short event) {
 *     if (event == EVENT_MENU_SELECTION) {
 *         ProactiveHandler command = ProactiveHandlerSystem.getTheHandler();
 *         command.initDisplayText((byte) 0, DCS_8_BIT, TEXT, (short) 0, (short) TEXT.length);
 *         command.send(); // the applet waits here for the TERMINAL RESPONSE
 *     }
 * }
 * </pre>
 *
 * The handlers belong to the framework: they are asked for in each event and never stored.
 */
package uicc.toolkit;
