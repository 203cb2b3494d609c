package io.tollgate.billing.journal;

import io.tollgate.billing.money.Cause;
import io.tollgate.billing.money.Leg;
import io.tollgate.billing.money.Movement;
import io.tollgate.billing.money.SubAccount;
import io.tollgate.model.BillId;
import io.tollgate.model.Money;
import io.tollgate.model.ProductId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * An account's whole history, as it should count now, and what was booked for it so far.
 *
 * @param movements every movement, bills with what corrections have left of them
 * @param booked sums of the postings, by cause and part
 * @param origins what the postings of each cause have in common
 * @param products what each bill is for
 */
public record Past(
    List<Movement> movements,
    Map<Cause, Map<Past.Part, Money>> booked,
    Map<Cause, Origin> origins,
    Map<BillId, ProductId> products) {

  /** A part of the account that a cause moved. */
  public record Part(SubAccount subAccount, Optional<BillId> bill) {}

  /** The same past with another movement. */
  Past with(Movement movement, Origin origin) {
    List<Movement> more = new ArrayList<>(movements);
    more.add(movement);
    Map<Cause, Origin> known = new LinkedHashMap<>(origins);
    known.put(movement.cause(), origin);
    return new Past(more, booked, known, products);
  }

  /**
   * The postings that make the past what it should be, each by the rule of what it replaces.
   *
   * @param penalties of the days that the wanted legs hold, by cause
   */
  List<Posting> corrections(
      Map<Cause, List<Leg>> wanted, Map<Cause, Origin> penalties, String reason, Instant bookedAt) {
    List<Posting> postings = new ArrayList<>();
    differences(wanted)
        .forEach(
            (cause, legs) -> {
              Origin origin = originOf(cause, penalties);
              legs.forEach(
                  leg ->
                      postings.add(
                          new Posting(
                              cause, leg, origin.valueTime(), bookedAt, origin.rule(), reason)));
            });
    return postings;
  }

  private Origin originOf(Cause cause, Map<Cause, Origin> penalties) {
    Origin booked = origins.get(cause);
    return booked == null ? Objects.requireNonNull(penalties.get(cause), cause::toString) : booked;
  }

  /** What has to be booked, by cause, for the sums to become what they should be. */
  Map<Cause, List<Leg>> differences(Map<Cause, List<Leg>> wanted) {
    Map<Cause, Map<Part, Money>> sums = new LinkedHashMap<>();
    wanted.forEach(
        (cause, legs) ->
            legs.forEach(
                leg -> add(sums, cause, new Part(leg.subAccount(), leg.bill()), leg.amount())));
    booked.forEach(
        (cause, parts) ->
            parts.forEach((part, amount) -> add(sums, cause, part, amount.negated())));
    Map<Cause, List<Leg>> differences = new LinkedHashMap<>();
    sums.forEach(
        (cause, parts) ->
            parts.forEach(
                (part, amount) -> {
                  if (!amount.isZero()) {
                    differences
                        .computeIfAbsent(cause, c -> new ArrayList<>())
                        .add(new Leg(part.subAccount(), part.bill(), amount));
                  }
                }));
    return differences;
  }

  private static void add(Map<Cause, Map<Part, Money>> sums, Cause cause, Part part, Money amount) {
    sums.computeIfAbsent(cause, c -> new LinkedHashMap<>()).merge(part, amount, Money::plus);
  }
}
