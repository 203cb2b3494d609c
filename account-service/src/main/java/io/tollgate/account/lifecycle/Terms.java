package io.tollgate.account.lifecycle;

/**
 * The policy values of a product that time its instances' life (section 6, choice).
 *
 * @param retentionDays natural days data is kept after suspension for arrears or termination
 * @param leads how long ahead of a deletion its warnings must arrive
 */
public record Terms(int retentionDays, Leads leads) {

  /** 15 natural days of retention, warnings 7 days and 1 day ahead. */
  public static final Terms DEFAULT = new Terms(15, Leads.DEFAULT);

  private static final int MAX_RETENTION_DAYS = 3_650;

  /** Refuses what is no waiting time. */
  public Terms {
    if (retentionDays < 0 || retentionDays > MAX_RETENTION_DAYS) {
      throw new IllegalArgumentException(
          "retention must be 0 to %d days, not %d".formatted(MAX_RETENTION_DAYS, retentionDays));
    }
  }
}
