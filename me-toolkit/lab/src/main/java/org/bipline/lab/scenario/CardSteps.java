// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.bipline.cat.envelope.Envelope;
import org.bipline.cat.envelope.MenuSelection;
import org.bipline.cat.object.Address;
import org.bipline.cat.object.Item;
import org.bipline.cat.tlv.ByteString;
import org.bipline.lab.card.DmAppletInstallation;
import org.bipline.lab.card.SessionOutcome;
import org.bipline.me.CardLinkException;
import org.bipline.me.MobileEquipment;

/** Steps that hand something to a card under test, or look at it. */
final class CardSteps {
    private static final int STATUS_WORD = 4; // hexadecimal digits
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final MobileEquipment me;
    private final World world;
    private final Judge judge;
    private final BiConsumer<Step, String> lost;

    /**
     * Steps on the card in this ME.
     *
     * @param lost told when the card is gone, and why
     */
    CardSteps(MobileEquipment me, World world, Judge judge, BiConsumer<Step, String> lost) {
        this.me = me;
        this.world = world;
        this.judge = judge;
        this.lost = lost;
    }

    void menu(Step step, Step.Menu menu) throws CardLinkException {
        List<Item> items = me.menuItems();
        Optional<Item> item =
                items.stream().filter(i -> i.text().equals(menu.item())).findFirst();
        if (item.isEmpty()) {
            judge.end(
                    step,
                    "",
                    List.of(new Mismatch(
                            "menu",
                            menu.item(),
                            items.stream().map(Item::text).toList().toString())));
            return;
        }
        int identifier = item.get().identifier();
        hand(
                step,
                "menu selection",
                menu.help() ? MenuSelection.helpOn(identifier) : MenuSelection.of(identifier),
                Optional.empty());
    }

    void hand(Step step, String name, Envelope envelope, Optional<HexPattern> answer) throws CardLinkException {
        CompletableFuture<ByteString> told = me.queueEnvelope(name, envelope);
        CompletableFuture<?> judged = told.whenComplete((data, failure) -> {
            if (failure instanceof CardLinkException) {
                lost.accept(step, failure.getMessage());
            } else if (data != null) {
                checkHex(step, "answer of the card", answer, data.toString());
            }
            world.changed();
        });
        if (answer.isPresent() && !world.until(() -> judged.isDone() || judge.ended(), PATIENCE)) {
            judge.end(step, "the card has not answered", List.of());
        }
    }

    void checkHex(Step step, String field, Optional<HexPattern> pattern, String seen) {
        pattern.ifPresent(wanted -> judge.check(step, field, wanted.toString(), seen, wanted.matches(seen)));
    }

    void apdu(Step step, Step.Apdu apdu) throws CardLinkException {
        checkHex(
                step,
                "response APDU",
                apdu.answer(),
                me.transmit(apdu.command()).toString());
    }

    void push(Step step, Step.Push push) throws CardLinkException {
        StringBuilder answers = new StringBuilder();
        for (ByteString answer : me.receiveShortMessage(Address.of(push.from()), push.parts())) {
            answers.append(answer);
        }
        checkHex(step, "answers to the short message", push.answer(), answers.toString());
    }

    void file(Step step, Step.FileHolds file) throws CardLinkException {
        for (int identifier : file.path()) {
            String status = me.transmit(ByteString.of(0x00, 0xA4, 0x00, 0x0C, 0x02, identifier >> 8, identifier & 0xFF))
                    .toString();
            if (!status.endsWith("9000") && !status.startsWith("91")) {
                judge.end(step, "", List.of(new Mismatch(String.format("SELECT %04X", identifier), "9000", status)));
                return;
            }
        }
        ByteString read = file.record().isPresent()
                ? ByteString.of(0x00, 0xB2, file.record().get(), 0x04, 0x00)
                : ByteString.of(0x00, 0xB0, 0x00, 0x00, 0x00);
        String answer = me.transmit(read).toString();
        String content = answer.substring(0, answer.length() - STATUS_WORD);
        String seen = content.isEmpty() ? "status word " + answer : content;
        judge.check(
                step,
                step.text(),
                file.content().toString(),
                seen,
                file.content().matches(content));
    }

    void outcome(Step step, Step.Outcome wanted) throws CardLinkException {
        me.transmit(ByteString.ofHex("00A4040007" + DmAppletInstallation.AID));
        byte[] answer = me.transmit(ByteString.ofHex("80CADF2000")).toBytes();
        Optional<SessionOutcome> outcome = SessionOutcome.decode(answer);
        String seen = outcome.map(o -> o.succeeded() ? "success" : o.explanation("the server"))
                .orElse("no session yet");
        boolean met = wanted.wanted().equals("success") ? seen.equals("success") : seen.contains(wanted.wanted());
        judge.check(step, "outcome", wanted.wanted(), seen, met);
    }
}
