package io.tollgate.store.setaside;

import io.tollgate.store.jdbc.Columns;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Everything that is set aside, for display: work of sweeps, and parked accounts of consumers
 * (shown as work {@code consumer NAME}).
 */
final class SetAsideList {

  private static final String ALL =
      """
      select account_id, work, subject, reason, since, tries from set_aside
       union all
      select account, 'consumer ' || consumer, '', cause, parked_at, attempts from parked_account
      """;

  private static final String PAGE =
      """
      select * from (%s) s
       where (:account::text is null or account_id = :account)
         and (:work::text is null or work = :work)
         and (account_id collate "C", work collate "C", subject collate "C")
             > (:afterAccount, :afterWork, :afterSubject)
       order by account_id collate "C", work collate "C", subject collate "C"
       limit :limit
      """
          .formatted(ALL);

  private static final String REASONS =
      """
      select work, reason, count(*) as items, count(distinct account_id) as accounts
        from (%s) s group by work, reason
       order by items desc, work, reason limit 100
      """
          .formatted(ALL);

  private final JdbcClient jdbc;

  SetAsideList(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * An item that is set aside.
   *
   * @param account whose data is at fault; absent where the work belongs to no account
   * @param work what cannot be done
   * @param subject of what of the account; absent when it is all of it
   * @param reason why
   * @param since business time at which it failed first
   * @param tries how often it has failed
   */
  record Item(
      Optional<String> account,
      String work,
      Optional<String> subject,
      String reason,
      Instant since,
      int tries) {}

  /** The number of items set aside for one reason. */
  record Reason(String work, String reason, long items, long accounts) {}

  /** The items after a key, in key order. */
  List<Item> page(Optional<String> account, Optional<String> work, List<String> after, int limit) {
    return jdbc.sql(PAGE)
        .param("account", account.orElse(null))
        .param("work", work.orElse(null))
        .param("afterAccount", after.get(0))
        .param("afterWork", after.get(1))
        .param("afterSubject", after.get(2))
        .param("limit", limit)
        .query(
            (row, n) ->
                new Item(
                    present(row.getString("account_id")),
                    row.getString("work"),
                    present(row.getString("subject")),
                    row.getString("reason"),
                    Columns.instant(row, "since"),
                    row.getInt("tries")))
        .list();
  }

  private static Optional<String> present(String text) {
    return Optional.of(text).filter(each -> !each.isEmpty());
  }

  /** The reasons with most items. */
  List<Reason> reasons() {
    return jdbc.sql(REASONS)
        .query(
            (row, n) ->
                new Reason(
                    row.getString("work"),
                    row.getString("reason"),
                    row.getLong("items"),
                    row.getLong("accounts")))
        .list();
  }
}
