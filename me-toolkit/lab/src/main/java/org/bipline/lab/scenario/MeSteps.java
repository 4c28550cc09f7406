// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.scenario;

import java.util.ArrayList;
import java.util.List;
import org.bipline.cat.tlv.ByteString;
import org.bipline.lab.decode.Decoded;
import org.bipline.lab.decode.Kind;
import org.bipline.me.CardLinkException;
import org.bipline.me.MobileEquipment;

/** Steps of a scripted card, which judge the ME. */
final class MeSteps {
    private static final ByteString STATUS =
            ByteString.of(0x80, 0xF2, 0x00, 0x0C, 0x00); // ETSI TS 102 221 clause 11.1.2

    private final MobileEquipment me;
    private final ScriptedCard card;
    private final World world;
    private final Judge judge;

    MeSteps(MobileEquipment me, ScriptedCard card, World world, Judge judge) {
        this.me = me;
        this.card = card;
        this.world = world;
        this.judge = judge;
    }

    void issue(Step.Issue issue) throws CardLinkException {
        card.issue(issue.pdu());
        me.transmit(STATUS); // its answer says 91xx
    }

    void response(Step step, Step.Response wanted) {
        if (!world.until(card::hasResponse, wanted.within())) {
            judge.end(step, "no TERMINAL RESPONSE within " + wanted.within(), List.of());
            return;
        }
        Decoded seen = Pdus.decoded(card.response().orElseThrow(), Kind.TERMINAL_RESPONSE);
        List<Mismatch> mismatches = new ArrayList<>();
        wanted.result().ifPresent(code -> {
            String hex = String.format("%02X", code);
            String result = seen.tlvs().stream()
                    .filter(tlv -> tlv.name().equals("Result"))
                    .map(Decoded.Tlv::value)
                    .findFirst()
                    .orElse("");
            if (!result.startsWith(hex)) {
                mismatches.add(new Mismatch("general result", hex, result.isEmpty() ? "none" : result.substring(0, 2)));
            }
        });
        judge(step, wanted.constraints(), seen, mismatches);
    }

    void told(Step step, Step.Told wanted) {
        if (!world.until(card::hasEnvelope, wanted.within())) {
            judge.end(step, "no ENVELOPE within " + wanted.within(), List.of());
            return;
        }
        Decoded seen = Pdus.decoded(card.envelope().orElseThrow(), Kind.ENVELOPE);
        List<Mismatch> mismatches = new ArrayList<>();
        if (!Wanted.same(seen.name(), wanted.name())) {
            mismatches.add(new Mismatch("envelope", wanted.name(), seen.name()));
        }
        judge(step, wanted.constraints(), seen, mismatches);
    }

    void judge(Step step, PduConstraints constraints, Decoded seen, List<Mismatch> mismatches) {
        mismatches.addAll(constraints.check(seen));
        judge.check(step, mismatches);
    }
}
