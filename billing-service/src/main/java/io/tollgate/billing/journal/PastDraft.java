package io.tollgate.billing.journal;

import io.tollgate.billing.money.AllocationOrder;
import io.tollgate.billing.money.Cause;
import io.tollgate.billing.money.CauseKind;
import io.tollgate.billing.money.Checkpoint;
import io.tollgate.billing.money.Movement;
import io.tollgate.billing.money.PenaltyDay;
import io.tollgate.billing.money.Replay;
import io.tollgate.billing.money.SubAccount;
import io.tollgate.model.BillId;
import io.tollgate.model.BillingCalendar;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.Money;
import io.tollgate.model.ProductId;
import io.tollgate.model.RuleId;
import io.tollgate.store.jdbc.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Collects the past of an account from its rows. */
final class PastDraft {
  private final CurrencyCode currency;
  private final Checkpoint from;
  private final List<Movement> movements = new ArrayList<>();
  private final Map<Cause, Map<Past.Part, Money>> booked = new LinkedHashMap<>();
  private final Map<Cause, Origin> origins = new HashMap<>();
  private final List<Past.Charged> bills = new ArrayList<>();

  /**
   * @param from the checkpoint after which the movements begin
   */
  PastDraft(CurrencyCode currency, Checkpoint from) {
    this.currency = currency;
    this.from = from;
  }

  Past past() {
    return new Past(from, movements, booked, origins, bills);
  }

  /** The bills that the checkpoint and the movements added so far name. */
  Set<BillId> named() {
    return named(from, movements);
  }

  /** The bills that a checkpoint and the movements after it name. */
  static Set<BillId> named(Checkpoint from, List<Movement> movements) {
    Set<BillId> named = new TreeSet<>();
    from.balances().pots().keySet().forEach(pot -> pot.concerns().ifPresent(named::add));
    for (Movement movement : movements) {
      if (movement instanceof Movement.Charge charge) {
        named.add(charge.bill());
      }
    }
    return named;
  }

  /** Adds a movement, whose amount is less what corrections took off it. */
  void movement(ResultSet row) throws SQLException {
    Movement movement = movementOf(row);
    movements.add(movement);
    origins.put(
        movement.cause(), new Origin(RuleId.of(row.getString("rule")), movement.valueTime()));
  }

  /** Adds the sum of the postings of a cause on a sub-account and bill. */
  void posted(ResultSet row) throws SQLException {
    Past.Part part =
        new Past.Part(
            SubAccount.valueOf(row.getString("sub_account")),
            Optional.ofNullable(row.getString("bill_id")).map(BillId::of));
    booked(
        causeOf(row),
        part,
        new Money(row.getBigDecimal("amount"), currency),
        new Origin(RuleId.of(row.getString("rule")), Columns.instant(row, "value_time")));
  }

  /** Adds the penalty of a day as it is posted. */
  void penalty(ResultSet row, BillingCalendar calendar) throws SQLException {
    PenaltyDay day =
        new PenaltyDay(
            BillId.of(row.getString("bill_id")),
            row.getObject("day", LocalDate.class),
            new Money(row.getBigDecimal("principal"), currency),
            new Money(row.getBigDecimal("amount"), currency));
    var leg = Replay.legOf(day);
    booked(
        day.cause(),
        new Past.Part(leg.subAccount(), leg.bill()),
        leg.amount(),
        new Origin(Rules.ARREARS, calendar.startOf(day.day().plusDays(1))));
  }

  private void booked(Cause cause, Past.Part part, Money amount, Origin origin) {
    booked.computeIfAbsent(cause, c -> new LinkedHashMap<>()).put(part, amount);
    origins.put(cause, origin);
  }

  /** Adds a bill that is no correction. */
  void bill(ResultSet row) throws SQLException {
    bills.add(
        new Past.Charged(
            BillId.of(row.getString("bill_id")),
            Bill.Kind.valueOf(row.getString("kind")),
            ProductId.of(row.getString("product_id")),
            Columns.instant(row, "period_start"),
            Columns.instant(row, "booked_at"),
            new Money(row.getBigDecimal("remaining"), currency)));
  }

  private static Cause causeOf(ResultSet row) throws SQLException {
    return new Cause(CauseKind.valueOf(row.getString("cause_kind")), row.getString("cause_id"));
  }

  private Movement movementOf(ResultSet row) throws SQLException {
    Cause cause = causeOf(row);
    long sequence = row.getLong("sequence");
    Instant valueTime = Columns.instant(row, "value_time");
    Money amount = new Money(row.getBigDecimal("amount"), currency);
    return switch (row.getString("kind")) {
      case "CHARGE" ->
          new Movement.Charge(
              cause,
              sequence,
              valueTime,
              BillId.of(row.getString("bill_id")),
              amount,
              Columns.instant(row, "due_at"));
      case "RECEIPT" ->
          new Movement.Receipt(
              cause,
              sequence,
              valueTime,
              amount,
              AllocationOrder.valueOf(row.getString("allocation")));
      case "REVERSAL" ->
          new Movement.Reversal(
              cause,
              sequence,
              valueTime,
              amount,
              Movement.Uncovered.valueOf(row.getString("uncovered")));
      case "CREDIT_LIMIT" -> new Movement.CreditLimit(cause, sequence, valueTime, amount);
      case String other -> throw new IllegalStateException("unknown kind of movement " + other);
    };
  }
}
