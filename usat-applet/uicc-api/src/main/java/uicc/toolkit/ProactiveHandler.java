// SPDX-License-Identifier: Apache-2.0
package uicc.toolkit;

/**
 * A proactive command under construction. {@link #init} or one of its siblings writes command details and device
 * identities; the other data objects are appended; {@link #send} hands the command to the ME and waits for its answer.
 *
 * <pre>
 * ProactiveHandler command = ProactiveHandlerSystem.getTheHandler();
 * command.init(PRO_CMD_CLOSE_CHANNEL, (byte) 0, (byte) (DEV_ID_CHANNEL_BASE + channel));
 * byte result = command.send();
 * </pre>
 *
 * The handler is empty when {@code processToolkit} begins; {@code send()} leaves the content as it is, so a command can
 * be repeated by sending it again.
 */
public interface ProactiveHandler extends EditHandler {
    /**
     * Begins a command: clears the handler and writes command details (number 1) and device identities (source UICC),
     * nine bytes together. No data object is current afterwards.
     *
     * @param type type of command, {@code ToolkitConstants.PRO_CMD_...} or any other of ETSI TS 102 223 clause 9.4
     * @param qualifier command qualifier, ETSI TS 102 223 clause 8.6
     * @param dstDevice destination device, {@code ToolkitConstants.DEV_ID_...}
     */
    void init(byte type, byte qualifier, byte dstDevice);

    /**
     * Sends the command and returns when the ME has answered. The applet waits here meanwhile, and other applets may
     * run: no transaction may be open, and scratch memory that is shared does not keep its content. The answer is then
     * found in the {@link ProactiveResponseHandler}.
     *
     * <p>The framework keeps these for itself: SET UP MENU, SET UP EVENT LIST, POLL INTERVAL and POLLING OFF (they
     * follow from the {@link ToolkitRegistry}), timers, channels and services of other applets, and more channels than
     * the applet was installed with.
     *
     * @return general result, first byte of the result of the terminal response: {@code ToolkitConstants.RES_...}
     * @throws ToolkitException COMMAND_NOT_ALLOWED if the framework keeps it for itself; UNAVAILABLE_ELEMENT if the
     *     terminal response has no result; OUT_OF_TLV_BOUNDARIES if the result is empty; HANDLER_NOT_AVAILABLE
     */
    byte send() throws ToolkitException;

    /**
     * Begins DISPLAY TEXT with its text string.
     *
     * @param qualifier command qualifier: bit 1 high priority, bit 8 wait for the user to clear it
     * @param dcs data coding scheme of the text: 00 GSM 7 bit packed, 04 8 bit, 08 UCS2
     * @param buffer holds the text
     * @param offset where it begins in {@code buffer}
     * @param length number of bytes
     * @throws NullPointerException if {@code buffer} is null
     * @throws ArrayIndexOutOfBoundsException if {@code offset} or {@code length} is negative or the range ends beyond
     *     {@code buffer}
     * @throws ToolkitException HANDLER_OVERFLOW
     */
    void initDisplayText(byte qualifier, byte dcs, byte[] buffer, short offset, short length)
            throws NullPointerException, ArrayIndexOutOfBoundsException, ToolkitException;

    /**
     * Begins GET INKEY with its text string.
     *
     * @param qualifier command qualifier: bit 1 alphabet instead of digits, bit 2 UCS2, bit 3 yes/no, bit 8 help
     *     available
     * @param dcs data coding scheme of the text: 00 GSM 7 bit packed, 04 8 bit, 08 UCS2
     * @param buffer holds the text
     * @param offset where it begins in {@code buffer}
     * @param length number of bytes
     * @throws NullPointerException if {@code buffer} is null
     * @throws ArrayIndexOutOfBoundsException if {@code offset} or {@code length} is negative or the range ends beyond
     *     {@code buffer}
     * @throws ToolkitException HANDLER_OVERFLOW
     */
    void initGetInkey(byte qualifier, byte dcs, byte[] buffer, short offset, short length)
            throws NullPointerException, ArrayIndexOutOfBoundsException, ToolkitException;

    /**
     * Begins GET INPUT with its text string and response length.
     *
     * @param qualifier command qualifier: bit 1 alphabet instead of digits, bit 2 UCS2, bit 3 hidden, bit 4 packed, bit
     *     8 help
     * @param dcs data coding scheme of the text: 00 GSM 7 bit packed, 04 8 bit, 08 UCS2
     * @param buffer holds the text
     * @param offset where it begins in {@code buffer}
     * @param length number of bytes
     * @param minRespLength fewest characters that the user may enter, 0 to 255
     * @param maxRespLength most characters that the user may enter, 0 to 255
     * @throws NullPointerException if {@code buffer} is null
     * @throws ArrayIndexOutOfBoundsException if {@code offset} or {@code length} is negative or the range ends beyond
     *     {@code buffer}
     * @throws ToolkitException HANDLER_OVERFLOW; BAD_INPUT_PARAMETER for a response length out of range
     */
    void initGetInput(
            byte qualifier,
            byte dcs,
            byte[] buffer,
            short offset,
            short length,
            short minRespLength,
            short maxRespLength)
            throws NullPointerException, ArrayIndexOutOfBoundsException, ToolkitException;

    /**
     * Begins CLOSE CHANNEL.
     *
     * @param channelIdentifier 1 to 7
     */
    void initCloseChannel(byte channelIdentifier);

    /** Begins MORE TIME, which gives the ME a turn without a task of its own. */
    void initMoreTime();
}
