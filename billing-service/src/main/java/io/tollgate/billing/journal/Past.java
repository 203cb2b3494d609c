package io.tollgate.billing.journal;

import io.tollgate.billing.money.Cause;
import io.tollgate.billing.money.Checkpoint;
import io.tollgate.billing.money.Leg;
import io.tollgate.billing.money.Movement;
import io.tollgate.billing.money.SubAccount;
import io.tollgate.model.BillId;
import io.tollgate.model.Money;
import io.tollgate.model.ProductId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The history of an account from a checkpoint on, and what is posted for it so far. A replay of the
 * movements tells what should be posted; the difference is booked.
 *
 * @param from the checkpoint; the beginning for a whole history
 * @param movements all movements since, bills less what corrections took off them
 * @param booked the sums of the postings, by cause and part
 * @param origins the origin of each cause
 * @param bills the bills that the movements or the checkpoint name, without corrections
 */
record Past(
    Checkpoint from,
    List<Movement> movements,
    Map<Cause, Map<Past.Part, Money>> booked,
    Map<Cause, Origin> origins,
    List<Charged> bills) {

  /** The sub-account and bill that a posting moved. */
  record Part(SubAccount subAccount, Optional<BillId> bill) {}

  /**
   * A bill that corrections may reduce.
   *
   * @param bill its id
   * @param kind first bill of its cycle, or adjustment
   * @param product the product
   * @param periodStart the start of its cycle
   * @param bookedAt when it was booked
   * @param left its amount less what corrections took off it
   */
  record Charged(
      BillId bill,
      Bill.Kind kind,
      ProductId product,
      Instant periodStart,
      Instant bookedAt,
      Money left) {
    /** The newest adjustment first, the first bill last (section 5). */
    private static final Comparator<Charged> CORRECTED_FIRST =
        Comparator.comparing((Charged charged) -> charged.kind() == Bill.Kind.CYCLE)
            .thenComparing(Charged::bookedAt, Comparator.reverseOrder())
            .thenComparing(Charged::bill, Comparator.reverseOrder());

    private boolean isCorrectedBy(Bill correction) {
      return left.isPositive()
          && product.equals(correction.product())
          && periodStart.equals(correction.period().start());
    }

    private Charged less(Money amount) {
      return new Charged(bill, kind, product, periodStart, bookedAt, left.minus(amount));
    }
  }

  /**
   * The effect of a correction.
   *
   * @param past the past with what is left of the bills
   * @param takenOff what it takes off each bill, above 0
   * @param beyond by how much it exceeds the bills, 0 or more
   */
  record Correction(Past past, Map<BillId, Money> takenOff, Money beyond) {}

  /** Takes a correction off the bills of its cycle, as far as they reach. */
  Correction correct(Bill correction) {
    Money rest = correction.amount().negated();
    Map<BillId, Money> takenOff = new LinkedHashMap<>();
    for (Charged charged : bills.stream().sorted(Charged.CORRECTED_FIRST).toList()) {
      if (rest.isPositive() && charged.isCorrectedBy(correction)) {
        Money part = rest.min(charged.left());
        takenOff.put(charged.bill(), part);
        rest = rest.minus(part);
      }
    }
    return new Correction(less(takenOff), takenOff, rest);
  }

  private Past less(Map<BillId, Money> takenOff) {
    return new Past(
        from,
        movements.stream().map(movement -> less(movement, takenOff)).toList(),
        booked,
        origins,
        bills.stream()
            .map(
                charged -> {
                  Money amount = takenOff.get(charged.bill());
                  return amount == null ? charged : charged.less(amount);
                })
            .toList());
  }

  private static Movement less(Movement movement, Map<BillId, Money> takenOff) {
    return movement instanceof Movement.Charge charge && takenOff.containsKey(charge.bill())
        ? charge.less(Objects.requireNonNull(takenOff.get(charge.bill())))
        : movement;
  }

  /** The same past with what is booked in this transaction. */
  Past with(Entries entries) {
    List<Movement> moved = new ArrayList<>(movements);
    Map<Cause, Origin> known = new HashMap<>(origins);
    for (BookedMovement each : entries.movements()) {
      moved.add(each.movement());
      known.put(each.movement().cause(), new Origin(each.rule(), each.movement().valueTime()));
    }
    Map<Cause, Map<Part, Money>> sums = new LinkedHashMap<>();
    booked.forEach((cause, parts) -> sums.put(cause, new LinkedHashMap<>(parts)));
    for (Posting posting : entries.postings()) {
      known.putIfAbsent(posting.cause(), new Origin(posting.rule(), posting.valueTime()));
      Leg leg = posting.leg();
      add(sums, posting.cause(), new Part(leg.subAccount(), leg.bill()), leg.amount());
    }
    List<Charged> charged = new ArrayList<>(bills);
    entries.bills().stream()
        .filter(bill -> bill.kind() != Bill.Kind.CORRECTION)
        .forEach(bill -> charged.add(bill.charged()));
    return new Past(from, moved, sums, known, charged).less(entries.takenOff());
  }

  /** The product of each bill. */
  Map<BillId, ProductId> products() {
    Map<BillId, ProductId> products = new HashMap<>();
    bills.forEach(charged -> products.put(charged.bill(), charged.product()));
    return products;
  }

  /**
   * The postings that are missing, each with the rule and value time of its cause.
   *
   * @param wanted what should be posted, by cause
   * @param penalties the origins of the penalties among the wanted legs
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
    Origin known = origins.get(cause);
    return known == null ? Objects.requireNonNull(penalties.get(cause), cause::toString) : known;
  }

  /** What has to be posted, by cause, for the sums to become the wanted ones. */
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
