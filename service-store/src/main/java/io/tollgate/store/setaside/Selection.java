package io.tollgate.store.setaside;

/** The due items that a sweep selects. */
public enum Selection {
  /** Those that are not set aside. */
  REGULAR("not exists (select from set_aside s where s.work = '%1$s' and %2$s)"),

  /** Those set aside whose time to be tried again has come. */
  RETRIED(
      "exists (select from set_aside s where s.work = '%1$s' and %2$s"
          + " and (s.try_now or s.next_try_at <= clock_timestamp()))");

  private final String condition;

  Selection(String condition) {
    this.condition = condition;
  }

  /**
   * The selection as a condition of a query.
   *
   * @param work the work's name, a constant
   * @param account the SQL expression of an item's account, or {@code ''} where there is none
   * @param subject the SQL expression of an item's {@link Subject#id}
   */
  public String where(String work, String account, String subject) {
    return condition.formatted(
        work, "s.account_id = %s and s.subject = %s".formatted(account, subject));
  }
}
