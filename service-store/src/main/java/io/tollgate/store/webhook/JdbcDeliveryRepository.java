package io.tollgate.store.webhook;

import io.tollgate.model.AccountId;
import io.tollgate.store.jdbc.Columns;
import io.tollgate.store.jdbc.Rows;
import io.tollgate.store.setaside.Selection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Messages and their attempts in PostgreSQL. */
final class JdbcDeliveryRepository {

  private static final int SHOWN_ATTEMPTS = 50;

  private final JdbcClient jdbc;

  JdbcDeliveryRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * A message to an owner.
   *
   * @param id what its receiver knows it by; a repetition bears the same
   * @param retried whether it is posted again after a failure
   */
  record NewMessage(
      String owner,
      AccountId account,
      String id,
      String type,
      String body,
      boolean retried,
      Instant at) {}

  /**
   * Queues a message if its owner has an endpoint in use. One that was queued before under the same
   * id is posted again; one that still waits has the new body, and waits on.
   */
  void queue(NewMessage message) {
    jdbc.sql(
            """
            insert into webhook_delivery as d
              (owner, account, message, type, body, retried, queued_at, next_attempt_at)
            select owner, :account, :message, :type, :body, :retried, :at, :at
              from webhook_endpoint where owner = :owner and disabled_at is null
            on conflict (owner, message) do update set
              body = excluded.body,
              queued_at = case d.state when 'PENDING' then d.queued_at else excluded.queued_at end,
              attempts = case d.state when 'PENDING' then d.attempts else 0 end,
              next_attempt_at = case d.state when 'PENDING' then d.next_attempt_at
                                else excluded.next_attempt_at end,
              state = 'PENDING'
            """)
        .param("owner", message.owner())
        .param("account", message.account().value())
        .param("message", message.id())
        .param("type", message.type())
        .param("body", message.body())
        .param("retried", message.retried())
        .param("at", Timestamp.from(message.at()))
        .update();
  }

  /** Ends the attempts of messages that are no longer wanted. */
  void cancel(String owner, Collection<String> messages) {
    jdbc.sql(
            """
            update webhook_delivery set state = 'CANCELLED'
             where owner = :owner and message = any (:messages::text[]) and state = 'PENDING'
            """)
        .param("owner", owner)
        .param("messages", messages.toArray(String[]::new))
        .update();
  }

  /** Ends the attempts of all messages of an owner. */
  void cancelAll(String owner) {
    jdbc.sql(
            """
            update webhook_delivery set state = 'CANCELLED'
             where owner = :owner and state = 'PENDING'
            """)
        .param("owner", owner)
        .update();
  }

  /**
   * A due message and whose it is.
   *
   * @param owner whose endpoint it is posted to
   */
  record Due(String owner, QueuedMessage message) {}

  /** Messages that are due, at most so many of each owner, so that none waits for another's. */
  List<Due> due(Instant upTo, int limit, int each, Selection selection) {
    return jdbc.sql("select d.*" + due(selection) + " order by d.delivery limit :limit")
        .param("upTo", Timestamp.from(upTo))
        .param("each", each)
        .param("limit", limit)
        .query(
            (row, n) ->
                new Due(
                    row.getString("owner"),
                    new QueuedMessage(
                        row.getLong("delivery"),
                        AccountId.of(row.getString("account")),
                        row.getString("message"),
                        row.getString("body"),
                        row.getBoolean("retried"),
                        row.getInt("attempts"))))
        .list();
  }

  private static String due(Selection selection) {
    return """
      from (select distinct owner from webhook_delivery
             where state = 'PENDING' and next_attempt_at <= :upTo) waiting
      join webhook_endpoint e using (owner)
     cross join lateral (
       select * from webhook_delivery p
        where p.owner = e.owner and p.state = 'PENDING' and p.next_attempt_at <= :upTo
          and %s
        order by p.delivery limit :each) d
     where e.disabled_at is null and (e.paused_until is null or e.paused_until <= :upTo)
    """
        .formatted(selection.where(WebhookSweep.NAME, "p.account", "p.message"));
  }

  boolean anyDue(Instant upTo) {
    return jdbc.sql("select exists (select 1" + due(Selection.REGULAR) + ")")
        .param("upTo", Timestamp.from(upTo))
        .param("each", 1)
        .query(Boolean.class)
        .single();
  }

  /** Keeps an attempt in the log. */
  void record(long delivery, Instant at, Attempt attempt) {
    int inserted =
        jdbc.sql(
                """
                insert into webhook_attempt (delivery, number, at, status, outcome)
                select :delivery, 1 + coalesce(max(number), 0), :at, :status, :outcome
                  from webhook_attempt where delivery = :delivery
                """)
            .param("delivery", delivery)
            .param("at", Timestamp.from(at))
            .param("status", attempt.status().orElse(null))
            .param("outcome", attempt.outcome())
            .update();
    Rows.expectOne(inserted, "webhook attempt");
  }

  /** Settles a message, unless it was cancelled meanwhile. */
  void settle(long delivery, DeliveryView.State state, Instant nextAttemptAt) {
    jdbc.sql(
            """
            update webhook_delivery
               set state = :state, attempts = attempts + 1, next_attempt_at = :next
             where delivery = :delivery and state = 'PENDING'
            """)
        .param("delivery", delivery)
        .param("state", state.name())
        .param("next", Timestamp.from(nextAttemptAt))
        .update();
  }

  /** Posts a message again, whatever became of it; false when there is none. */
  boolean replay(String owner, long delivery, Instant at) {
    return jdbc.sql(
                """
                update webhook_delivery
                   set state = 'PENDING', attempts = 0, queued_at = :at, next_attempt_at = :at
                 where owner = :owner and delivery = :delivery
                """)
            .param("owner", owner)
            .param("delivery", delivery)
            .param("at", Timestamp.from(at))
            .update()
        == 1;
  }

  /** The log of an owner below a number, the newest first. */
  List<DeliveryView> log(String owner, long below, int limit) {
    List<DeliveryView> found =
        jdbc.sql(
                """
                select delivery, message, type, state, queued_at, next_attempt_at
                  from webhook_delivery where owner = :owner and delivery < :below
                 order by delivery desc limit :limit
                """)
            .param("owner", owner)
            .param("below", below)
            .param("limit", limit)
            .query((row, n) -> delivery(row))
            .list();
    Map<Long, List<DeliveryView.AttemptView>> attempts =
        attempts(found.stream().map(DeliveryView::delivery).toList());
    return found.stream()
        .map(
            each ->
                new DeliveryView(
                    each.delivery(),
                    each.message(),
                    each.type(),
                    each.state(),
                    each.queuedAt(),
                    each.nextAttemptAt(),
                    attempts.getOrDefault(each.delivery(), List.of())))
        .toList();
  }

  private static DeliveryView delivery(ResultSet row) throws SQLException {
    DeliveryView.State state = DeliveryView.State.valueOf(row.getString("state"));
    return new DeliveryView(
        row.getLong("delivery"),
        row.getString("message"),
        row.getString("type"),
        state,
        Columns.instant(row, "queued_at"),
        Optional.of(Columns.instant(row, "next_attempt_at"))
            .filter(at -> state == DeliveryView.State.PENDING),
        List.of());
  }

  private Map<Long, List<DeliveryView.AttemptView>> attempts(List<Long> deliveries) {
    Map<Long, List<DeliveryView.AttemptView>> found = new HashMap<>();
    jdbc.sql(
            """
            select delivery, number, at, status, outcome
              from (select a.*, row_number() over (partition by delivery order by number desc) as back
                      from webhook_attempt a where delivery = any (:deliveries::bigint[])) latest
             where back <= :shown order by delivery, number
            """)
        .param("deliveries", deliveries.toArray(Long[]::new))
        .param("shown", SHOWN_ATTEMPTS)
        .query(
            row -> {
              found
                  .computeIfAbsent(row.getLong("delivery"), key -> new ArrayList<>())
                  .add(
                      new DeliveryView.AttemptView(
                          row.getInt("number"),
                          Columns.instant(row, "at"),
                          Optional.ofNullable(row.getObject("status", Integer.class)),
                          row.getString("outcome")));
            });
    return found;
  }

  /** Drops what was settled before from the log, a bounded number. */
  int dropSettledBefore(Instant before, int limit) {
    return jdbc.sql(
            """
            delete from webhook_delivery where delivery in (
              select delivery from webhook_delivery
               where state <> 'PENDING' and next_attempt_at < :before
               order by next_attempt_at limit :limit)
            """)
        .param("before", Timestamp.from(before))
        .param("limit", limit)
        .update();
  }
}
