package io.tollgate.account.accounts;

import io.tollgate.model.AccountId;
import io.tollgate.model.event.BillingWatermark;
import io.tollgate.store.jdbc.Columns;
import io.tollgate.store.jdbc.SqlArrays;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Billing's watermark of each partition: steps that fall due by time are taken only up to it, so
 * that a payment still in transit is never overtaken (section 6).
 */
@Repository
public class JdbcWatermarkRepository {

  private final JdbcClient jdbc;

  JdbcWatermarkRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Takes note of a watermark; of one epoch the latest counts, and a newer epoch always. */
  public void advance(int partition, BillingWatermark watermark) {
    int advanced =
        jdbc.sql(
                """
                insert into billing_watermark as known (partition, complete_to, epoch)
                values (:partition, :completeTo, :epoch)
                on conflict (partition) do update
                   set complete_to = excluded.complete_to, epoch = excluded.epoch
                 where (known.epoch, known.complete_to) < (excluded.epoch, excluded.complete_to)
                """)
            .param("partition", partition)
            .param("completeTo", Timestamp.from(watermark.completeTo()))
            .param("epoch", watermark.epoch())
            .update();
    if (advanced == 1) {
      setAside(partition, watermark.setAside().orElse(List.of()));
    }
  }

  private void setAside(int partition, List<AccountId> accounts) {
    @Nullable String[] ids = SqlArrays.texts(accounts, AccountId::value);
    jdbc.sql(
            "delete from set_aside_at_billing where partition = :partition and account <>"
                + " all(:ids)")
        .param("partition", partition)
        .param("ids", ids)
        .update();
    jdbc.sql(
            """
            insert into set_aside_at_billing (account, partition)
            select id, :partition from unnest(:ids::text[]) as id
            on conflict (account) do nothing
            """)
        .param("partition", partition)
        .param("ids", ids)
        .update();
  }

  /** Whether billing has work of an account set aside, by its newest watermark. */
  public boolean isSetAside(AccountId account) {
    return jdbc.sql("select " + isSetAside(":account"))
        .param("account", account.value())
        .query(Boolean.class)
        .single();
  }

  /** The same as a condition of SQL. */
  public static String isSetAside(String account) {
    return "exists (select from set_aside_at_billing s where s.account = %s)".formatted(account);
  }

  /**
   * Up to when everything is told of an account; the beginning of time before the first mark, and
   * while anything told of it is parked: that may say that it was paid.
   */
  public Instant completeTo(AccountId account) {
    return jdbc.sql("select complete_to from" + completeTo(":account") + "as told")
        .param("account", account.value())
        .query((row, n) -> Columns.instant(row, "complete_to"))
        .optional()
        .orElse(Instant.MIN);
  }

  /** The same as an expression of SQL, null for the beginning of time. */
  public static String completeTo(String account) {
    return """
    (select complete_to from billing_watermark join account a using (partition)
      where a.account = %s
        and not exists (select from parked_account p where p.account = a.account))
    """
        .formatted(account);
  }
}
