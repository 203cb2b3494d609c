package io.tollgate.account.audit;

import io.tollgate.account.commands.Aspect;
import io.tollgate.store.jdbc.SqlInvariant;
import io.tollgate.support.observability.Invariant;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The invariants of this service's data. */
@Configuration(proxyBeanMethods = false)
class AccountInvariants {

  private static final String LIVE = "i.state in ('ACTIVE', 'IN_ARREARS', 'SUSPENDED')";

  private static final String LIVE_INSTANCES = "select count(*) from instance i where " + LIVE;

  /** Live instances that break a condition. */
  private static String liveInstances(String broken) {
    return """
    select i.instance, 1::numeric
      from instance i join account a on a.account = i.account
     where %s and (%s)
    """
        .formatted(LIVE, broken);
  }

  @Bean
  Invariant stateFollowsItsCauses(JdbcClient jdbc) {
    return new SqlInvariant(
        jdbc,
        "instance-state-follows-causes",
        "An instance is suspended only by a hold or a termination, and in arrears only by a debt.",
        LIVE_INSTANCES,
        liveInstances(
            """
            i.state <> case
              when i.terminated_at is not null or cardinality(i.holds || i.account_holds) > 0
                then 'SUSPENDED'
              when i.debt_due_at is not null then 'IN_ARREARS'
              else 'ACTIVE' end
            """));
  }

  @Bean
  Invariant debtIsTheAccounts(JdbcClient jdbc) {
    return new SqlInvariant(
        jdbc,
        "instance-debt-is-the-accounts",
        "Every live pay-as-you-go instance has the due time of the earliest unpaid bill that"
            + " applies to it.",
        LIVE_INSTANCES,
        liveInstances(
            """
            i.debt_due_at is distinct from (
              select min(d.due_at) from product_debt d
               where d.account = i.account and i.mode = 'PAY_AS_YOU_GO'
                 and (d.product = i.product or d.account_wide))
            """));
  }

  @Bean
  Invariant holdsAreWhatWasPlaced(JdbcClient jdbc) {
    return new SqlInvariant(
        jdbc,
        "holds-are-what-was-placed",
        "A live instance has exactly the holds that were placed on it or on its account.",
        LIVE_INSTANCES,
        liveInstances(
            """
            exists (
              select from (values
                  (i.instance, 'SUSPEND', array_remove(i.holds, 'ARREARS')),
                  (null, 'SUSPEND', i.account_holds),
                  (i.instance, 'RESTRICT', i.restrictions),
                  (null, 'RESTRICT', i.account_restrictions))
                as known (instance, effect, causes)
               where known.causes <> array(
                 select h.cause from hold h
                  where h.account = i.account and h.instance is not distinct from known.instance
                    and h.effect = known.effect and h.lifted_at is null
                  order by h.cause))
            """));
  }

  @Bean
  Invariant newestCommandIsTheState(JdbcClient jdbc) {
    return new SqlInvariant(
        jdbc,
        "newest-command-is-the-state",
        "The newest command of an instance matches its state.",
        "select count(*) from instance",
        """
        select i.instance, 1::numeric
          from instance i
          left join lateral (
            select kind, state from command
             where account = i.account and instance = i.instance and %s
             order by number desc limit 1) c on true
         where case
           when i.state in ('ACTIVE', 'IN_ARREARS')
             then coalesce(c.kind, 'OPEN') not in ('OPEN', 'RESUME')
           when i.state = 'SUSPENDED' then c.kind is distinct from 'SUSPEND'
           when i.state = 'RELEASING'
             then c.kind is distinct from 'RELEASE' or c.state <> 'PENDING'
           else c.kind is distinct from 'RELEASE' or not exists (
             select from command r
              where r.account = i.account and r.instance = i.instance and r.kind = 'RELEASE'
                and r.state = 'ACKNOWLEDGED') end
        """
            .formatted(Aspect.RUNNING.condition()));
  }

  @Bean
  Invariant newestLimitIsWhatHoldsSay(JdbcClient jdbc) {
    return new SqlInvariant(
        jdbc,
        "newest-limit-is-what-holds-say",
        "The newest command on a live instance's limits matches its holds.",
        LIVE_INSTANCES,
        liveInstances(
            """
            coalesce((
              select kind from command
               where account = i.account and instance = i.instance and %s
               order by number desc limit 1), 'UNRESTRICT')
            <> case when cardinality(i.restrictions || i.account_restrictions) > 0
                 then 'RESTRICT' else 'UNRESTRICT' end
            """
                .formatted(Aspect.LIMITS.condition())));
  }
}
