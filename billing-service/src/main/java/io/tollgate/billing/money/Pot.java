package io.tollgate.billing.money;

import io.tollgate.model.BillId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A part of an account in which value lies, or is missing. An account is the sum of its pots: what
 * it has, owes and pays is told by them, so that another way to hold value is another kind of pot.
 */
public sealed interface Pot {

  /** The sub-account that its postings are of. */
  SubAccount part();

  /** The bill that it concerns; funds concern none. */
  Optional<BillId> concerns();

  /** Cash the customer has. It pays bills, penalties and drawn credit. */
  record Funds() implements Pot {
    @Override
    public SubAccount part() {
      return SubAccount.FUNDS;
    }

    @Override
    public Optional<BillId> concerns() {
      return Optional.empty();
    }
  }

  /**
   * Credit that covers a bill's principal, and never a penalty.
   *
   * @param drawnAt since when
   */
  record Drawn(BillId bill, Instant drawnAt) implements Pot {
    @Override
    public SubAccount part() {
      return SubAccount.CREDIT;
    }

    @Override
    public Optional<BillId> concerns() {
      return Optional.of(bill);
    }
  }

  /**
   * Principal of a bill that nothing covers.
   *
   * @param dueAt since when it is owed
   */
  record Principal(BillId bill, Instant dueAt) implements Pot {
    @Override
    public SubAccount part() {
      return SubAccount.PRINCIPAL;
    }

    @Override
    public Optional<BillId> concerns() {
      return Optional.of(bill);
    }
  }

  /**
   * Penalty of a bill that is not paid.
   *
   * @param dueAt of the debt that it is kept with
   */
  record Penalty(BillId bill, Instant dueAt) implements Pot {
    @Override
    public SubAccount part() {
      return SubAccount.PENALTY;
    }

    @Override
    public Optional<BillId> concerns() {
      return Optional.of(bill);
    }
  }

  /**
   * Where money that comes in goes, by priority: bill by bill, oldest due time first, its principal
   * and its penalty in the given order; then drawn credit, oldest draw first; then funds, which
   * take whatever remains (C2.2, section 4).
   */
  static List<Pot> inOrderOfPayment(Balances balances, AllocationOrder order) {
    Map<BillId, List<Debt>> bills = new LinkedHashMap<>();
    for (Debt debt : balances.debts()) {
      bills.computeIfAbsent(debt.bill(), bill -> new ArrayList<>()).add(debt);
    }
    List<Pot> pots = new ArrayList<>();
    for (List<Debt> bill : bills.values()) {
      List<Pot> principals = bill.stream().<Pot>map(Debt::principalPot).toList();
      List<Pot> penalties = bill.stream().<Pot>map(Debt::penaltyPot).toList();
      pots.addAll(order == AllocationOrder.PRINCIPAL_FIRST ? principals : penalties);
      pots.addAll(order == AllocationOrder.PRINCIPAL_FIRST ? penalties : principals);
    }
    balances.draws().forEach(draw -> pots.add(draw.pot()));
    pots.add(new Funds());
    return pots;
  }
}
