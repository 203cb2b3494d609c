package io.tollgate.billing.audit;

import io.tollgate.billing.money.CauseKind;
import io.tollgate.store.jdbc.SqlInvariant;
import io.tollgate.support.observability.Invariant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Compares balances, bills, recharges and adjustments with their postings. */
@Configuration(proxyBeanMethods = false)
class LedgerInvariants {

  @Bean
  Invariant balancesAreTheirPostings(JdbcClient jdbc) {
    return new SqlInvariant(
        jdbc,
        "balances-are-their-postings",
        "The pots of each part of an account add up to the sum of its postings",
        Optional.of("tollgate_ledger_imbalance"),
        "select count(*) from account",
        """
        select coalesce(l.account_id, p.account_id) || ' '
               || lower(coalesce(l.sub_account, p.sub_account)),
               abs(coalesce(l.amount, 0) - coalesce(p.amount, 0))
          from (select account_id, 'FUNDS' as sub_account, funds as amount
                  from account where funds <> 0
                 union all
                select account_id, sub_account, sum(amount) from open_pot group by 1, 2) l
          full join (select account_id, sub_account, sum(amount) as amount
                       from posting group by 1, 2 having sum(amount) <> 0) p
               using (account_id, sub_account)
         where l.amount is distinct from p.amount
        """);
  }

  @Bean
  Invariant openAmountsAreTheirPostings(JdbcClient jdbc) {
    return new SqlInvariant(
        jdbc,
        "open-amounts-are-their-postings",
        "The drawn credit and the unpaid amounts of a bill are the sum of the postings that name"
            + " it",
        "select count(*) from open_pot",
        """
        select coalesce(o.account_id, p.account_id) || ' '
               || coalesce(o.bill_id, p.bill_id) || ' '
               || lower(coalesce(o.sub_account, p.sub_account)),
               abs(coalesce(o.amount, 0) - coalesce(p.amount, 0))
          from (select account_id, sub_account, reference as bill_id, sum(amount) as amount
                  from open_pot where sub_account in ('CREDIT', 'PRINCIPAL', 'PENALTY')
                 group by 1, 2, 3) o
          full join (select account_id, sub_account, bill_id, sum(amount) as amount
                       from posting where sub_account in ('CREDIT', 'PRINCIPAL', 'PENALTY')
                      group by 1, 2, 3 having sum(amount) <> 0) p
               using (account_id, sub_account, bill_id)
         where o.amount is distinct from p.amount
        """);
  }

  @Bean
  Invariant billsAreTheirLines(JdbcClient jdbc) {
    return new SqlInvariant(
        jdbc,
        "bills-are-their-lines",
        "A bill is the sum of its lines",
        "select count(*) from bill",
        """
        select coalesce(b.account_id, l.account_id) || ' ' || coalesce(b.bill_id, l.bill_id),
               abs(coalesce(b.amount, 0) - coalesce(l.amount, 0))
          from bill b
          full join (select account_id, bill_id, sum(amount) as amount
                       from charge_line group by account_id, bill_id) l
               using (account_id, bill_id)
         where b.amount is distinct from l.amount
        """);
  }

  @Bean
  Invariant billsArePostedOnce(JdbcClient jdbc) {
    return new SqlInvariant(
        jdbc,
        "bills-are-posted-once",
        "A bill's postings add up to its amount less corrections",
        "select count(*) from bill where kind <> 'CORRECTION'",
        """
        select b.account_id || ' ' || b.bill_id,
               abs(b.amount + b.corrected + coalesce(p.amount, 0))
          from bill b
          left join (select account_id, cause_id, sum(amount) as amount from posting
                      where cause_kind = 'BILL' group by account_id, cause_id) p
               on p.account_id = b.account_id and p.cause_id = b.bill_id
         where b.kind <> 'CORRECTION' and b.amount + b.corrected + coalesce(p.amount, 0) <> 0
        """);
  }

  @Bean
  Invariant correctionsAreTakenOff(JdbcClient jdbc) {
    return new SqlInvariant(
        jdbc,
        "corrections-are-taken-off",
        "Corrections reduce bills, or credit the account, by exactly the corrected amounts, per"
            + " account and period",
        "select count(*) from bill where kind = 'CORRECTION'",
        """
        select account_id || ' ' || product_id || ' ' || period_start, abs(sum(rest))
          from (select account_id, product_id, period_start,
                       case when kind <> 'CORRECTION' then -corrected
                            else amount
                                 + (select coalesce(sum(p.amount), 0) from posting p
                                     where p.account_id = b.account_id
                                       and p.cause_kind = 'BILL'
                                       and p.cause_id = b.bill_id) end as rest
                  from bill b) c
         group by account_id, product_id, period_start
        having sum(rest) <> 0
        """);
  }

  @Bean
  Invariant rechargesArePostedOnce(JdbcClient jdbc) {
    return new SqlInvariant(
        jdbc,
        "recharges-are-posted-once",
        "A booked recharge's postings add up to its amount, those of any other to 0",
        "select count(*) from recharge where state in ('BOOKED', 'REVERSED')",
        """
        select coalesce(r.account_id, p.account_id) || ' ' || coalesce(r.recharge_id, p.cause_id),
               abs(coalesce(p.amount, 0) - coalesce(r.amount, 0))
          from (select account_id, recharge_id, amount from recharge where state = 'BOOKED') r
          full join (select account_id, cause_id, sum(amount) as amount
                       from posting where cause_kind in (%s)
                      group by 1, 2) p
               on p.account_id = r.account_id and p.cause_id = r.recharge_id
         where coalesce(p.amount, 0) <> coalesce(r.amount, 0)
        """
            .formatted(quoted(CauseKind.ofRecharges())));
  }

  @Bean
  Invariant adjustmentsArePostedOnce(JdbcClient jdbc) {
    return new SqlInvariant(
        jdbc,
        "adjustments-are-posted-once",
        "A booked adjustment's postings add up to its amount, those of any other to 0",
        "select count(*) from adjustment",
        """
        select coalesce(a.account_id, p.account_id) || ' ' || coalesce(a.adjustment_id, p.cause_id),
               abs(coalesce(p.amount, 0) - coalesce(a.amount, 0))
          from (select account_id, adjustment_id,
                       case when state <> 'BOOKED' then 0
                            when kind = 'CREDIT' then amount else -amount end as amount
                  from adjustment) a
          full join (select account_id, cause_id, sum(amount) as amount
                       from posting where cause_kind = 'ADJUSTMENT' group by 1, 2) p
               on p.account_id = a.account_id and p.cause_id = a.adjustment_id
         where coalesce(p.amount, 0) <> coalesce(a.amount, 0)
        """);
  }

  private static String quoted(Set<CauseKind> kinds) {
    return kinds.stream().map(kind -> "'" + kind + "'").collect(Collectors.joining(", "));
  }
}
