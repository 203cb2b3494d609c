package io.tollgate.store.jdbc;

/** The planner settings of transactions; nothing else changes them. */
public final class PlannerSettings {

  /**
   * For the rest of a transaction rows are looked up in indexes, whatever the statistics say: no
   * table is read or hashed as a whole. An index can still be read from end to end, so that a
   * statement must also leave the planner no condition that it believes to select nearly nothing.
   */
  public static final String BY_KEY =
      """
      select set_config(name, 'off', true)
        from unnest(array['enable_seqscan', 'enable_bitmapscan', 'enable_hashjoin',
                          'enable_mergejoin']) as name
      """;

  private PlannerSettings() {}
}
