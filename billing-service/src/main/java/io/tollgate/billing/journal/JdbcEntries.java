package io.tollgate.billing.journal;

import static io.tollgate.store.jdbc.SqlArrays.texts;

import io.tollgate.billing.money.Movement;
import io.tollgate.billing.money.PenaltyDay;
import io.tollgate.model.BillId;
import io.tollgate.model.Money;
import io.tollgate.model.event.BillingEvent;
import io.tollgate.model.event.Topics;
import io.tollgate.store.jdbc.CopyWriter;
import io.tollgate.store.jdbc.Rows;
import io.tollgate.store.outbox.Outbox;
import io.tollgate.store.outbox.OutboxMessage;
import io.tollgate.store.setaside.SetAside;
import io.tollgate.support.FaultPoint;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Stores what was booked on locked accounts: movements, postings, bills, balances, pots, penalties,
 * checkpoints and events. The number of statements does not depend on the number of accounts.
 */
@Repository
class JdbcEntries {
  private static final String UPDATE_ACCOUNTS =
      """
      update account a
         set funds = n.funds::numeric, credit_limit = n.credit_limit::numeric,
             accrued_to = n.accrued_to::timestamptz,
             penalty_due_at = n.penalty_due_at::timestamptz,
             last_movement_at = n.last_movement_at::timestamptz,
             next_sequence = n.next_sequence::bigint, arrears_bill_id = n.arrears_bill_id,
             arrears_due_at = n.arrears_due_at::timestamptz,
             next_due_at = n.next_due_at::timestamptz,
             low_balance_due_at =
               case when a.low_balance_due_at is not null
                    then least(a.low_balance_due_at, n.last_movement_at::timestamptz) end,
             debt_told_at = n.debt_told_at::timestamptz
        from unnest(:ids::text[], :funds::text[], :limits::text[], :accrued::text[],
                    :penaltyDue::text[], :last::text[], :sequence::text[], :bill::text[],
                    :arrearsDue::text[], :nextDue::text[], :debtTold::text[])
          as n (account_id, funds, credit_limit, accrued_to, penalty_due_at, last_movement_at,
                next_sequence, arrears_bill_id, arrears_due_at, next_due_at, debt_told_at)
       where a.account_id = n.account_id
      """;

  private static final String DELETE_PENALTIES =
      """
      delete from penalty_day d
       using unnest(:ids::text[], :days::text[]::date[]) as k (account_id, day)
       where d.account_id = k.account_id and d.day >= k.day
      """;

  private final JdbcClient jdbc;
  private final CopyWriter copy;
  private final JdbcBills bills;
  private final JdbcOpenPots openPots;
  private final JdbcCheckpoints checkpoints;
  private final Outbox outbox;
  private final SetAside setAside;
  private final MoneyMeters meters;

  JdbcEntries(
      JdbcClient jdbc,
      CopyWriter copy,
      JdbcBills bills,
      JdbcOpenPots openPots,
      JdbcCheckpoints checkpoints,
      Outbox outbox,
      SetAside setAside,
      MoneyMeters meters) {
    this.jdbc = jdbc;
    this.copy = copy;
    this.bills = bills;
    this.openPots = openPots;
    this.checkpoints = checkpoints;
    this.outbox = outbox;
    this.setAside = setAside;
    this.meters = meters;
  }

  /** Stores everything that was booked. */
  void store(Collection<OpenAccount> accounts) {
    bills.store(accounts);
    copyMovements(accounts);
    copyPostings(accounts);
    updateAccounts(accounts);
    openPots.store(accounts);
    writePublishedArrears(accounts);
    copyPenalties(accounts);
    checkpoints.store(accounts);
    FaultPoint.LEDGER_AFTER_ENTRIES.reach();
    outbox.append(accounts.stream().flatMap(JdbcEntries::messages).toList());
    meters.booked(accounts);
    setAside.changed(
        accounts.stream().filter(JdbcEntries::mends).map(a -> a.id().value()).toList());
  }

  /** Whether something was booked that may let work succeed which is set aside. */
  private static boolean mends(OpenAccount account) {
    return account.entries().movements().stream()
        .anyMatch(booked -> !(booked.movement() instanceof Movement.Charge));
  }

  private static Stream<OutboxMessage> messages(OpenAccount account) {
    List<BillingEvent> events = account.events();
    long sequence = account.progress().nextSequence();
    return IntStream.range(0, events.size())
        .mapToObj(n -> message(account, events.get(n), sequence + "-" + n));
  }

  private static OutboxMessage message(OpenAccount account, BillingEvent event, String place) {
    return OutboxMessage.event(
        Topics.BILLING_EVENTS,
        account.id(),
        BillingEvent.CODEC,
        EventIds.of(event, place),
        event.at(),
        event);
  }

  private void copyMovements(Collection<OpenAccount> accounts) {
    copy.copy(
        "movement",
        "account_id, sequence, cause_kind, cause_id, kind, value_time, booked_at, amount, bill_id,"
            + " due_at, rule, allocation, uncovered",
        OfAccount.all(accounts, account -> account.entries().movements()),
        (of, out) -> {
          Movement movement = of.item().movement();
          Optional<Movement.Charge> charge =
              movement instanceof Movement.Charge c ? Optional.of(c) : Optional.empty();
          out.text(of.account().id().value())
              .number(movement.sequence())
              .text(movement.cause().kind().name())
              .text(movement.cause().id())
              .text(kindOf(movement))
              .instant(movement.valueTime())
              .instant(of.item().bookedAt())
              .decimal(amountOf(movement).amount())
              .text(charge.map(c -> c.bill().value()).orElse(null))
              .instant(charge.map(Movement.Charge::dueAt).orElse(null))
              .text(of.item().rule().value())
              .text(movement instanceof Movement.Receipt receipt ? receipt.order().name() : null)
              .text(
                  movement instanceof Movement.Reversal reversal
                      ? reversal.uncovered().name()
                      : null);
        });
  }

  private static String kindOf(Movement movement) {
    return switch (movement) {
      case Movement.Charge charge -> "CHARGE";
      case Movement.Receipt receipt -> "RECEIPT";
      case Movement.Reversal reversal -> "REVERSAL";
      case Movement.CreditLimit limit -> "CREDIT_LIMIT";
    };
  }

  private static Money amountOf(Movement movement) {
    return switch (movement) {
      case Movement.Charge charge -> charge.amount();
      case Movement.Receipt receipt -> receipt.amount();
      case Movement.Reversal reversal -> reversal.amount();
      case Movement.CreditLimit limit -> limit.limit();
    };
  }

  private void copyPostings(Collection<OpenAccount> accounts) {
    copy.copy(
        "posting",
        "account_id, cause_kind, cause_id, sub_account, bill_id, contra, amount, currency,"
            + " value_time, booked_at, rule, reason",
        OfAccount.all(accounts, account -> account.entries().postings()),
        (of, out) -> {
          Posting posting = of.item();
          out.text(of.account().id().value())
              .text(posting.cause().kind().name())
              .text(posting.cause().id())
              .text(posting.leg().subAccount().name())
              .text(posting.leg().bill().map(BillId::value).orElse(null))
              .text(posting.contra().name())
              .decimal(posting.leg().amount().amount())
              .text(posting.leg().amount().currency().value())
              .instant(posting.valueTime())
              .instant(posting.bookedAt())
              .text(posting.rule().value())
              .text(posting.reason());
        });
  }

  private void updateAccounts(Collection<OpenAccount> accounts) {
    int updated =
        jdbc.sql(UPDATE_ACCOUNTS)
            .param("ids", texts(accounts, a -> a.id().value()))
            .param("funds", texts(accounts, a -> plain(a.balances().funds())))
            .param("limits", texts(accounts, a -> plain(a.balances().creditLimit())))
            .param("accrued", texts(accounts, a -> a.progress().accruedTo()))
            .param("penaltyDue", texts(accounts, a -> a.penaltyDueAt().orElse(null)))
            .param("last", texts(accounts, a -> a.progress().lastMovementAt()))
            .param("sequence", texts(accounts, a -> Long.toString(a.progress().nextSequence())))
            .param(
                "bill",
                texts(
                    accounts,
                    a -> a.publishedArrears().earliest().map(ProductArrears::bill).orElse(null)))
            .param(
                "arrearsDue",
                texts(
                    accounts,
                    a -> a.publishedArrears().earliest().map(ProductArrears::dueAt).orElse(null)))
            .param("nextDue", texts(accounts, a -> a.nextDueAt().orElse(null)))
            .param("debtTold", texts(accounts, a -> a.debtPublishedTo()))
            .update();
    Rows.expect(accounts.size(), updated, "account balances");
  }

  private static String plain(Money money) {
    return money.amount().toPlainString();
  }

  /** What is published of arrears, where it changed. */
  private void writePublishedArrears(Collection<OpenAccount> accounts) {
    List<OpenAccount> changed =
        accounts.stream().filter(a -> a.publishedArrears().isChanged()).toList();
    if (changed.isEmpty()) {
      return;
    }
    jdbc.sql("delete from told_arrears where account_id = any(:ids)")
        .param("ids", texts(changed, a -> a.id().value()))
        .update();
    copy.copy(
        "told_arrears",
        "account_id, product_id, bill_id, due_at",
        OfAccount.all(changed, account -> account.publishedArrears().all()),
        (of, out) ->
            out.text(of.account().id().value())
                .text(of.item().product().value())
                .text(of.item().bill().value())
                .instant(of.item().dueAt()));
  }

  private void copyPenalties(Collection<OpenAccount> accounts) {
    List<OfAccount<Entries.Resettled>> resettled =
        OfAccount.all(accounts, account -> account.entries().resettled().stream().toList());
    if (!resettled.isEmpty()) {
      jdbc.sql(DELETE_PENALTIES)
          .param("ids", texts(resettled, of -> of.account().id().value()))
          .param("days", texts(resettled, of -> of.item().firstDay().toString()))
          .update();
    }
    copy.copy(
        "penalty_day",
        "account_id, bill_id, day, principal, amount",
        OfAccount.all(accounts, account -> account.entries().penaltyDays()),
        (of, out) -> {
          PenaltyDay day = of.item();
          out.text(of.account().id().value())
              .text(day.bill().value())
              .text(day.day().toString())
              .decimal(day.principal().amount())
              .decimal(day.amount().amount());
        });
  }
}
