package io.tollgate.billing.audit;

import io.tollgate.store.jdbc.SqlInvariant;
import io.tollgate.support.observability.Invariant;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Compares usage with its bills, and lines with the inputs they were rated from. */
@Configuration(proxyBeanMethods = false)
class UsageInvariants {

  @Bean
  Invariant billedUsageIsTheLastRevision(JdbcClient jdbc) {
    return new SqlInvariant(
        jdbc,
        "billed-usage-is-the-last-revision",
        "Every window of a billed cycle is billed according to its last revision",
        """
        select count(*) from usage_window u
          join billing_cycle c using (account_id, product_id)
         where c.billed and u.granularity = c.granularity
           and u.window_start >= c.cycle_start and u.window_start < c.cycle_end
        """,
        """
        select u.account_id || ' ' || u.instance_id || ' ' || u.meter || ' ' || u.window_start,
               abs(u.quantity - coalesce(l.quantity, 0)) + abs(u.revision - coalesce(l.revision, 0))
          from usage_window u
          join billing_cycle c on c.account_id = u.account_id and c.product_id = u.product_id
               and c.billed and u.granularity = c.granularity
               and u.window_start >= c.cycle_start and u.window_start < c.cycle_end
          left join lateral (
               select l.revision, l.quantity
                 from bill b join charge_line l using (account_id, bill_id)
                where b.account_id = u.account_id and b.product_id = u.product_id
                  and b.period_start = c.cycle_start and l.kind = 'USAGE'
                  and l.instance_id = u.instance_id and l.meter = u.meter
                  and l.dimensions = u.dimensions and l.window_start = u.window_start
                order by l.revision desc limit 1) l on true
         where (u.revision, u.quantity) is distinct from (l.revision, l.quantity)
           and not exists (select 1 from late_usage w
                            where w.account_id = u.account_id and w.product_id = u.product_id
                              and w.month_start = c.month_start)
        """);
  }

  @Bean
  Invariant linesAreTheirRating(JdbcClient jdbc) {
    return new SqlInvariant(
        jdbc,
        "lines-are-their-rating",
        "A line's amount is the sum of its legs and, for usage, the difference of its counters",
        "select count(*) from charge_line",
        """
        select l.account_id || ' ' || l.bill_id || ' ' || l.line_no,
               abs(r.expected - r.amount) + abs(r.legs - r.exact)
          from charge_line l
         cross join lateral (
               select (l.rated #>> '{amount,amount}')::numeric as amount,
                      (l.rated #>> '{counterBefore,amount}')::numeric as before,
                      (l.rated #>> '{counterAfter,amount}')::numeric as after,
                      (select coalesce(sum((leg ->> 'amount')::numeric), 0)
                         from jsonb_array_elements(l.rated -> 'legs') leg) as legs) s
         cross join lateral (
               select s.amount, s.legs,
                      case l.kind when 'USAGE' then round(s.after, 6) - round(s.before, 6)
                           else s.legs end as expected,
                      case l.kind when 'USAGE' then s.after - s.before
                           else s.legs end as exact) r
         where r.expected <> r.amount or r.legs <> r.exact
        """);
  }

  /**
   * A price and a version of a meter that are entered at the same moment, in two services, may each
   * be accepted by what the other service knew before.
   */
  @Bean
  Invariant pricesGetTheirUsage(JdbcClient jdbc) {
    return new SqlInvariant(
        jdbc,
        "prices-get-their-usage",
        "Every meter that a price version counts on emits what the product's cycle is billed from",
        "select count(*) from price_version",
        """
        select v.product_id || ' version ' || v.version || ' ' || priced.meter, 1::numeric
          from (select p.product_id, p.version, p.body, p.effective_from,
                       lead(p.effective_from, 1, 'infinity')
                         over (partition by p.product_id order by p.version) as until
                  from price_version p
                 where not exists (select from price_withdrawal w
                                    where w.product_id = p.product_id
                                      and w.version = p.version)) v
          join product using (product_id)
         cross join lateral (
               select each ->> 'meter' as meter
                 from jsonb_array_elements(v.body -> 'meters') each) priced
         where not exists (select from meter m where m.meter = priced.meter)
            or exists (
               select from (
                 select hourly, daily, effective_from,
                        lead(effective_from, 1, 'infinity') over (order by version) as until
                   from meter where meter.meter = priced.meter) m
                where m.effective_from < v.until and m.until > v.effective_from
                  and not case product.cycle when 'HOUR' then m.hourly else m.daily end)
        """);
  }

  @Bean
  Invariant usageStreamsAreWhole(JdbcClient jdbc) {
    return new SqlInvariant(
        jdbc,
        "usage-streams-are-whole",
        "Every marker of metering matches the received revisions",
        "select count(*) from usage_marker",
        """
        select generation || ' ' || granularity || ' ' || aggregation_partition || ' to '
               || output_partition || ': ' || stopped, 1
          from usage_marker where stopped is not null
        """);
  }
}
