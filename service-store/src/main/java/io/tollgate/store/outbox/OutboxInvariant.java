package io.tollgate.store.outbox;

import io.tollgate.store.jdbc.SqlInvariant;
import io.tollgate.support.observability.Invariant;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What was numbered for publication has been published or waits in the outbox (invariant 7).
 *
 * <p>The numbers are given in the business transaction, and the relay counts what it published in
 * the statement that deletes it; a row that went in any other way is missing from both.
 */
final class OutboxInvariant {

  private static final String TOLD = "select coalesce(sum(sequence), 0) from outbox_sequence";

  private static final String BROKEN =
      """
      select format('%s: %s told, %s published, %s waiting', topic, told, published, waiting),
             abs(told - published - waiting)
        from (select topic, coalesce(t.number, 0) as told, coalesce(p.events, 0) as published,
                     coalesce(w.number, 0) as waiting
                from (select topic, sum(sequence) as number from outbox_sequence group by topic) t
                full join outbox_published p using (topic)
                full join (select topic, count(*) as number from outbox where counted group by topic) w
                  using (topic)) sums
       where told <> published + waiting
      """;

  private OutboxInvariant() {}

  static Invariant of(JdbcClient jdbc) {
    return new SqlInvariant(
        jdbc,
        "events-are-published-or-waiting",
        "every numbered record is published or still in the outbox",
        TOLD,
        BROKEN);
  }
}
