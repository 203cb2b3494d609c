package io.tollgate.store.setaside;

import io.tollgate.store.jdbc.SqlArrays;
import io.tollgate.store.jdbc.Transactions;
import io.tollgate.support.time.BusinessClock;
import java.sql.Timestamp;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The work that is set aside, and when it is retried: when its cause may have been removed, when
 * the service starts, when an operator asks for it, and otherwise after a minute, doubling up to an
 * hour.
 */
public final class SetAside {

  private static final int MAX_AT_ONCE = 1_000;

  /** That it may be tried now, of a row {@code s}. */
  private static final String TO_TRY = "(s.try_now or s.next_try_at <= clock_timestamp())";

  private static final String ADD =
      """
      insert into set_aside as s (account_id, work, subject, reason, since, next_try_at)
      values (:account, :work, :subject, :reason, :since,
              clock_timestamp() + interval '1 minute')
      on conflict (account_id, work, subject) do update
         set reason = excluded.reason, tries = s.tries + 1, try_now = false,
             next_try_at = clock_timestamp()
                           + least(interval '1 hour',
                                   interval '1 minute' * power(2, least(s.tries, 10)))
      """;

  private static final String DONE =
      """
      delete from set_aside s
       where s.account_id = :account and s.work = :work and s.subject = :subject and
      """
          + TO_TRY;

  private static final String TRY_ALL =
      """
      update set_aside s set try_now = true
       where not s.try_now and (:account::text is null or s.account_id = :account)
         and (:work::text is null or s.work = :work)
      """;

  private static final String TRY_ACCOUNTS =
      """
      update set_aside s set try_now = true
       where not s.try_now and s.account_id = any(:accounts)
      """;

  private static final String TRY_PARTS =
      """
      update set_aside s set try_now = true
        from unnest(:accounts::text[], :subjects::text[]) as k (account, subject)
       where not s.try_now and s.account_id = k.account and s.subject = k.subject
      """;

  /** So that where nothing is set aside nothing is looked for. */
  private static final String ANY = "select exists (select from set_aside where not try_now)";

  private final JdbcClient jdbc;
  private final Transactions transactions;
  private final BusinessClock clock;

  SetAside(JdbcClient jdbc, Transactions transactions, BusinessClock clock) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Sets work aside; inside a running transaction together with it.
   *
   * @param reason why it cannot be done, in words for an operator, with the value that is at fault
   */
  public void add(String work, Subject subject, String reason) {
    transactions.execute(
        () ->
            jdbc.sql(ADD)
                .param("account", subject.account())
                .param("work", work)
                .param("subject", subject.id())
                .param("reason", reason)
                .param("since", Timestamp.from(clock.now()))
                .update());
  }

  /** Work of one name that is to be tried now. */
  List<Subject> toTry(String work) {
    return jdbc.sql(
            "select s.account_id, s.subject from set_aside s where s.work = :work and "
                + TO_TRY
                + " limit "
                + MAX_AT_ONCE)
        .param("work", work)
        .query((row, n) -> new Subject(row.getString(1), row.getString(2)))
        .list();
  }

  boolean anyToTry(String work) {
    return !toTry(work).isEmpty();
  }

  /** It was tried and did not fail again; whether it was set aside until now. */
  boolean done(String work, Subject subject) {
    return transactions.run(
            () ->
                jdbc.sql(DONE)
                    .param("account", subject.account())
                    .param("work", work)
                    .param("subject", subject.id())
                    .update())
        > 0;
  }

  /**
   * Lets work be tried again now.
   *
   * @param account of this account only
   * @param work of this name only
   * @return how many pieces of work are tried
   */
  public int tryAgain(Optional<String> account, Optional<String> work) {
    return transactions.run(
        () ->
            jdbc.sql(TRY_ALL)
                .param("account", account.orElse(null))
                .param("work", work.orElse(null))
                .update());
  }

  /**
   * Lets work be tried again on parts of accounts that changed, and on their accounts as wholes;
   * what is set aside of other parts waits.
   */
  public void changedParts(Collection<Subject> parts) {
    if (!parts.isEmpty() && anyWaits()) {
      List<Subject> subjects =
          parts.stream()
              .flatMap(part -> Stream.of(part, new Subject(part.account(), "")))
              .distinct()
              .toList();
      jdbc.sql(TRY_PARTS)
          .param("accounts", SqlArrays.texts(subjects, Subject::account))
          .param("subjects", SqlArrays.texts(subjects, Subject::id))
          .update();
    }
  }

  private boolean anyWaits() {
    return jdbc.sql(ANY).query(Boolean.class).single();
  }

  /** Lets work of accounts be tried again of which something changed that may have mended it. */
  public void changed(Collection<String> accounts) {
    if (!accounts.isEmpty() && anyWaits()) {
      jdbc.sql(TRY_ACCOUNTS)
          .param("accounts", accounts.stream().distinct().toArray(String[]::new))
          .update();
    }
  }
}
