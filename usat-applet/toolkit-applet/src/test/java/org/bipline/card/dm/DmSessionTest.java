// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DmSessionTest {
    private final Card card = new Card();

    @Test
    void package_1_has_the_alert_the_device_information_and_the_credentials() {
        String xml = card.start();
        assertThat(xml)
                .isEqualTo("<SyncML><SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto><SessionID>1</SessionID>"
                        + "<MsgID>1</MsgID><Target><LocURI>server.example</LocURI></Target>"
                        + "<Source><LocURI>ICCID:89490200001234567890</LocURI><LocName>card</LocName></Source>"
                        + "<Cred><Meta><m:Format>b64</m:Format><m:Type>syncml:auth-md5</m:Type></Meta><Data>"
                        + Card.digest("card", "client secret", new byte[0])
                        + "</Data></Cred><Meta><m:MaxMsgSize>1536</m:MaxMsgSize>"
                        + "<m:MaxObjSize>24576</m:MaxObjSize></Meta></SyncHdr><SyncBody>"
                        + "<Alert><CmdID>1</CmdID><Data>1201</Data></Alert><Replace><CmdID>2</CmdID>"
                        + info("DevId", "ICCID:89490200001234567890")
                        + info("Man", "bipline")
                        + info("Mod", "DM applet")
                        + info("DmV", "1.2")
                        + info("Lang", "en")
                        + "</Replace><Final/></SyncBody></SyncML>");
    }

    private static String info(String name, String value) {
        return "<Item><Source><LocURI>./DevInfo/" + name
                + "</LocURI></Source><Meta><m:Format>chr</m:Format></Meta><Data>" + value + "</Data></Item>";
    }

    @Test
    void a_leaf_is_added_read_replaced_and_deleted() {
        assertThat(
                        Card.statuses(
                                card.answerTo(
                                        "<Add><CmdID>2</CmdID><Item><Target><LocURI>./MO/x</LocURI></Target>"
                                                + "<Meta><m:Format>chr</m:Format><m:Type>text/plain</m:Type></Meta><Data>one</Data></Item></Add>")))
                .containsExactly("2=200");
        assertThat(card.tree("./MO")).containsExactly("./MO node", "./MO/x chr text/plain = one");
        assertThat(card.thenAnswerTo(
                        "<Get><CmdID>2</CmdID><Item><Target><LocURI>./MO/x</LocURI></Target></Item></Get>"))
                .contains("<Results><CmdID>3</CmdID><MsgRef>2</MsgRef><CmdRef>2</CmdRef><Item><Source><LocURI>./MO/x"
                        + "</LocURI></Source><Meta><m:Format>chr</m:Format><m:Type>text/plain</m:Type></Meta>"
                        + "<Data>one</Data></Item></Results><Final/>");
        card.thenAnswerTo(
                "<Replace><CmdID>2</CmdID><Item><Target><LocURI>./MO/x</LocURI></Target><Data>two</Data></Item></Replace>");
        assertThat(card.tree("./MO")).containsExactly("./MO node", "./MO/x chr text/plain = two");
        card.thenAnswerTo("<Delete><CmdID>2</CmdID><Item><Target><LocURI>./MO/x</LocURI></Target></Item></Delete>");
        assertThat(card.tree("./MO")).containsExactly("./MO node");
        card.finish();
    }
}
