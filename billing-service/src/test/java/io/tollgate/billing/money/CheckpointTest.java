package io.tollgate.billing.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.model.BillId;
import io.tollgate.model.BillingCalendar;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A replay may begin where nothing that came before changes any more. */
class CheckpointTest {
  private static final PenaltyTerms TERMS =
      new PenaltyTerms(BillingCalendar.SHANGHAI, (bill, day) -> new BigDecimal("0.001"));
  private static final Instant NOW = at("2024-03-09T00:00");

  private final List<Movement> history = new ArrayList<>();

  @Test
  void checkpointsAreMadeWhereEveryLaterMovementWasBookedLaterToo() {
    receive("2024-03-01T09:00", "20");
    charge("2024-03-01T10:00", "30");
    charge("2024-03-02T10:00", "5");
    // Booked last, it counts before the charge of the 2nd.
    receive("2024-03-01T12:00", "1");

    Replay.Result result = new Replay(TERMS, 1).run(CurrencyCode.CNY, history, NOW);

    assertThat(result.checkpoints()).extracting(Checkpoint::sequence).containsExactly(1L, 2L, 4L);
    Checkpoint second = result.checkpoints().get(1);
    assertThat(second.valueTime()).isEqualTo(at("2024-03-01T10:00"));
    assertThat(second.balances().principal()).isEqualTo(cny("10"));
  }

  @Test
  void replayingFromACheckpointIsReplayingFromTheBeginning() {
    receive("2024-03-01T09:00", "20");
    charge("2024-03-01T10:00", "30");
    charge("2024-03-03T10:00", "5");
    receive("2024-03-05T12:00", "12");
    Replay.Result whole = new Replay(TERMS, 1).run(CurrencyCode.CNY, history, NOW);

    assertThat(whole.checkpoints()).hasSize(4);
    for (Checkpoint checkpoint : whole.checkpoints()) {
      Replay.Result rest = from(checkpoint);
      assertThat(rest.balances()).isEqualTo(whole.balances());
      assertThat(whole.legs()).containsAllEntriesOf(rest.legs());
    }
    // 10 on the 2nd and 3rd, 15 on the 4th, 3.03 from the 5th on.
    assertThat(from(whole.checkpoints().get(2)).penalties())
        .extracting(day -> day.day().getDayOfMonth() + " " + day.amount().amount())
        .containsExactly(
            "3 0.010000",
            "4 0.010000",
            "4 0.005000",
            "5 0.003030",
            "6 0.003030",
            "7 0.003030",
            "8 0.003030");
  }

  @Test
  void aReversalOfWhatCameInBeforeTheCheckpointNeedsMoreOfThePast() {
    receive("2024-03-01T09:00", "100");
    charge("2024-03-01T10:00", "30");
    charge("2024-03-02T10:00", "70");
    reverse("2024-03-03T10:00", "80");
    Replay.Result whole = new Replay(TERMS, 1).run(CurrencyCode.CNY, history, NOW);

    List<Checkpoint> checkpoints = whole.checkpoints();
    // The 80 are the 70 of the second bill, and 10 of the first.
    assertThat(replay(checkpoints.get(2))).isEmpty();
    assertThat(replay(checkpoints.get(1))).isEmpty();
    assertThat(from(checkpoints.get(0)).balances()).isEqualTo(whole.balances());
  }

  /** 30 drawn, restored and taken back under a limit of 0: only the bill says when they are due. */
  @Test
  void theDueTimeOfABillThatWasCoveredByCreditNeedsMoreOfThePast() {
    limit("2024-03-01T09:00", "30");
    charge("2024-03-01T10:00", "30");
    receive("2024-03-02T10:00", "30");
    limit("2024-03-03T10:00", "0");
    reverse("2024-03-04T10:00", "30");
    Replay.Result whole = new Replay(TERMS, 1).run(CurrencyCode.CNY, history, NOW);

    assertThat(whole.balances().owed(at("2024-03-04T10:00"))).isEqualTo(cny("30"));
    assertThat(replay(whole.checkpoints().get(1))).isEmpty();
    assertThat(from(whole.checkpoints().get(0)).balances()).isEqualTo(whole.balances());
  }

  @Test
  void balancesAreMadeOfThePotsThatWereStored() {
    BillId bill = BillId.of("bill-1");
    Instant due = at("2024-03-01T10:00");
    Map<Pot, Money> stored =
        Map.of(
            new Pot.Drawn(bill, due), cny("-3"),
            new Pot.Principal(bill, due), cny("-10"),
            new Pot.Penalty(bill, due), cny("-0.10"),
            new Pot.Penalty(bill, due.plusSeconds(1)), cny("-0.20"));
    Map<Pot, Money> all = new HashMap<>(stored);
    all.put(new Pot.Funds(), cny("7"));

    assertThat(Balances.of(cny("7"), cny("50"), stored)).isEqualTo(new Balances(cny("50"), all));
    assertThat(Balances.of(cny("0"), cny("50"), stored)).isEqualTo(new Balances(cny("50"), stored));
    assertThatThrownBy(() -> Balances.of(cny("7"), cny("50"), all))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void nothingIsBeforeTheBeginning() {
    assertThat(Checkpoint.beginning(CurrencyCode.CNY).isBeginning()).isTrue();
    assertThatThrownBy(() -> new Checkpoint(-1, NOW, NOW, Balances.none(CurrencyCode.CNY)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Replay.Result from(Checkpoint checkpoint) {
    return replay(checkpoint).orElseThrow();
  }

  private Optional<Replay.Result> replay(Checkpoint checkpoint) {
    return new Replay(TERMS)
        .from(
            checkpoint,
            history.stream().filter(each -> each.sequence() > checkpoint.sequence()).toList(),
            NOW);
  }

  private void charge(String at, String amount) {
    int sequence = history.size() + 1;
    BillId bill = BillId.of("bill-" + sequence);
    history.add(new Movement.Charge(Cause.bill(bill), sequence, at(at), bill, cny(amount), at(at)));
  }

  private void limit(String at, String amount) {
    int sequence = history.size() + 1;
    history.add(
        new Movement.CreditLimit(Cause.creditLimit(sequence), sequence, at(at), cny(amount)));
  }

  private void receive(String at, String amount) {
    int sequence = history.size() + 1;
    history.add(
        new Movement.Receipt(
            new Cause(CauseKind.ALIPAY_RECHARGE, "r-" + sequence),
            sequence,
            at(at),
            cny(amount),
            AllocationOrder.PRINCIPAL_FIRST));
  }

  private void reverse(String at, String amount) {
    int sequence = history.size() + 1;
    history.add(
        new Movement.Reversal(
            new Cause(CauseKind.ALIPAY_REVERSAL, "r-" + sequence), sequence, at(at), cny(amount)));
  }

  private static Instant at(String local) {
    return LocalDateTime.parse(local).atZone(BillingCalendar.SHANGHAI.zone()).toInstant();
  }

  private static Money cny(String amount) {
    return Money.of(amount, CurrencyCode.CNY);
  }
}
