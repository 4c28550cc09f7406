// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

/** Reads the server's messages: commands with their items. OMA DM Representation Protocol 1.2. */
final class CommandReader extends MessageReader {
    private final Commands commands;
    private final CommandMeta meta;
    private final Target target;
    private final SourceNode source;
    private final ResponseUri responseUri;
    private final GenericAlert conflicts;

    /** @param text room for TEXT_SIZE characters */
    CommandReader(
            Account account,
            Commands commands,
            CommandMeta meta,
            Target target,
            SourceNode source,
            ResponseUri responseUri,
            GenericAlert conflicts,
            byte[] text) {
        super(account, text);
        this.commands = commands;
        this.meta = meta;
        this.target = target;
        this.source = source;
        this.responseUri = responseUri;
        this.conflicts = conflicts;
    }

    @Override
    void beginMessage(short ourMessage) {
        super.beginMessage(ourMessage);
        commands.beginMessage();
    }

    @Override
    void readHeader() {
        commands.beginBody(
                message(),
                isAuthenticated() ? (short) 0 : headerAnswer(),
                state[MAX_OBJ_SIZE],
                level() != Credentials.MAC);
    }

    @Override
    void beginElement(byte element, byte parent) {
        switch (element) {
            case Element.RESP_URI:
                if (parent == Element.SYNC_HDR) {
                    responseUri.clear();
                }
                break;
            case Element.ITEM:
                if (Command.isCommand(parent) && !Command.isContainer(parent)) {
                    commands.beginItem();
                }
                break;
            case Element.LOC_URI:
                if (isOfItem(Element.TARGET, parent)) {
                    target.clear();
                } else if (isOfItem(Element.SOURCE, parent)) {
                    source.clear();
                }
                break;
            case Element.DATA:
                if (parent == Element.ITEM && commands.takesData()) {
                    state[IN_DATA] = wbxml.depth();
                    commands.beginData();
                }
                break;
            default:
                if (Command.isCommand(element)) {
                    if (parent != Element.SYNC_BODY && !Command.isContainer(parent)) {
                        Fault.raise(Fault.STRUCTURE);
                    }
                    commands.begin(element);
                }
        }
    }

    @Override
    void beginDataElement(byte element) {
        commands.beginDataElement(element);
    }

    @Override
    void endDataElement(byte element) {
        commands.endDataElement(element);
    }

    @Override
    void takeData(byte[] buf, short off, short len) {
        commands.data(buf, off, len);
    }

    @Override
    boolean takeContent(byte[] buf, short off, short len) {
        byte element = wbxml.ancestor((short) 0);
        byte parent = wbxml.ancestor((short) 1);
        if (element == Element.LOC_URI && isOfItem(Element.TARGET, parent)) {
            target.append(buf, off, len);
        } else if (element == Element.LOC_URI && isOfItem(Element.SOURCE, parent)) {
            source.append(buf, off, len);
        } else if (element == Element.RESP_URI) {
            if (state[IN_HEADER] != 0) {
                responseUri.append(buf, off, len);
            }
        } else if (commands.isAlert() && element == Element.DATA && parent == Element.ITEM) {
            commands.alertText(buf, off, len);
        } else {
            return false;
        }
        return true;
    }

    @Override
    void endCommand(byte element) {
        commands.end(element);
    }

    @Override
    void endCommandMeta(byte element, boolean ofItem) {
        switch (element) {
            case Element.TYPE:
                meta.setType(ofItem, text, (short) 0, state[TEXT_LENGTH]);
                break;
            case Element.FORMAT:
                meta.setFormat(ofItem, text, (short) 0, state[TEXT_LENGTH]);
                break;
            default:
                meta.setSize(ofItem, size());
        }
    }

    @Override
    void endInSource(byte element, byte parent) {
        if (element == Element.RESP_URI) { // Target and Source do not count: this session knows its server
            responseUri.end();
        }
    }

    @Override
    void endStatusOfCommand() {
        if (!Status.isSuccess(state[STATUS_DATA])) {
            commands.setLastStatus(state[STATUS_DATA]);
        } else if (isAuthenticated() && state[STATUS_MESSAGE] == state[OUR_MESSAGE]) {
            conflicts.taken(state[STATUS_COMMAND]);
        }
    }

    @Override
    void endInCommand(byte element, byte parent) {
        switch (element) {
            case Element.CMD_ID:
                if (Command.isCommand(parent)) {
                    commands.setCommand(parent, number());
                }
                break;
            case Element.DATA:
                if (parent == Element.ALERT) {
                    commands.setAlert(number());
                }
                break;
            case Element.LOC_URI:
                if (isOfItem(Element.SOURCE, parent)) {
                    source.end();
                }
                break;
            case Element.MORE_DATA:
                if (parent == Element.ITEM) {
                    commands.setMoreData();
                }
                break;
            case Element.ITEM:
                if (Command.isCommand(parent) && !Command.isContainer(parent)) {
                    commands.endItem();
                }
                break;
            default:
        }
    }
}
