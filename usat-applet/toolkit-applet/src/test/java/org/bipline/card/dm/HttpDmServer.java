// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The server of the account "srv" with secret "s1", over HTTP. It authenticates itself until the card says 212. */
final class HttpDmServer {
    private String card;
    private byte[] nonce;
    private int message;
    private boolean authenticated;
    private String respUri = "";

    HttpDmServer(byte... nonce) {
        this.nonce = nonce;
    }

    /** Reads a whole request of the card. */
    void read(String request) {
        int body = request.indexOf("\r\n\r\n") + 4;
        Matcher length = Pattern.compile("Content-Length: (\\d+)\r\n").matcher(request);
        assertThat(length.find()).isTrue();
        assertThat(request.substring(body)).hasSize(Integer.parseInt(length.group(1)));
        card = XmlForm.toXml(request.substring(body).getBytes(ISO_8859_1));
        Matcher next = Pattern.compile("<m:NextNonce>(.*?)</m:NextNonce>").matcher(card);
        if (next.find()) {
            nonce = Base64.getDecoder().decode(next.group(1));
        }
        if (Card.tag(card, "MsgID").equals("1")) {
            message = 0;
            authenticated = false;
        } else {
            authenticated |= card.contains("<Data>212</Data>");
        }
    }

    /** What the card sent last, in XML. */
    String card() {
        return card;
    }

    /** The next message: status of the card's header, these commands, Final. */
    byte[] message(String commands) {
        message++;
        String header = "<SyncML><SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto><SessionID>"
                + Card.tag(card, "SessionID") + "</SessionID><MsgID>" + message
                + "</MsgID><Target><LocURI>" + Card.tag(Card.tag(card, "Source"), "LocURI")
                + "</LocURI></Target><Source><LocURI>srv</LocURI></Source>" + respUri
                + (authenticated ? "" : credentials()) + "</SyncHdr>";
        return XmlForm.toWbxml(header + "<SyncBody><Status><CmdID>1</CmdID><MsgRef>" + Card.tag(card, "MsgID")
                + "</MsgRef><CmdRef>0</CmdRef><Cmd>SyncHdr</Cmd><Data>212</Data></Status>" + commands
                + "<Final/></SyncBody></SyncML>");
    }

    /** An answer whose header names the URI for further messages. */
    byte[] answerWithUri(String uri, String commands) {
        respUri = "<RespURI>" + uri + "</RespURI>";
        byte[] answer = answer(commands);
        respUri = "";
        return answer;
    }

    private String credentials() {
        return "<Cred><Meta><m:Format>b64</m:Format><m:Type>syncml:auth-md5</m:Type></Meta><Data>"
                + Card.digest("srv", "s1", nonce) + "</Data></Cred>";
    }

    byte[] answer(String commands, String headers) {
        String body = new String(message(commands), ISO_8859_1);
        return ("HTTP/1.1 200 OK\r\n" + headers + "Content-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(ISO_8859_1);
    }

    byte[] answer(String commands) {
        return answer(commands, "Content-Type: application/vnd.syncml.dm+wbxml\r\n");
    }

    /** The message without commands that ends the session. */
    byte[] end() {
        return answer("");
    }
}
