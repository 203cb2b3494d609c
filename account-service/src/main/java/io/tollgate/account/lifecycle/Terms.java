package io.tollgate.account.lifecycle;

/**
 * The policy values of a product that decide when its instances change state (section 6, choice).
 *
 * @param retentionDays natural days data is kept after suspension for arrears or termination
 * @param backupDays natural days backups are kept after a release by the customer
 * @param leads how long ahead of a deletion its warnings must arrive
 */
public record Terms(int retentionDays, int backupDays, Leads leads) {

  /**
   * 15 natural days of retention, backups deleted with the data, warnings 7 days and 1 day ahead.
   */
  public static final Terms DEFAULT = new Terms(15, 0, Leads.DEFAULT);

  private static final int MAX_RETENTION_DAYS = 3_650;

  /** Refuses what is no waiting time. */
  public Terms {
    refuseUnlessDays("retention", retentionDays);
    refuseUnlessDays("keeping of backups", backupDays);
  }

  private static void refuseUnlessDays(String what, int days) {
    if (days < 0 || days > MAX_RETENTION_DAYS) {
      throw new IllegalArgumentException(
          "%s must be 0 to %d days, not %d".formatted(what, MAX_RETENTION_DAYS, days));
    }
  }
}
