package io.tollgate.store.consumer;

import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Shows how many numbered events a service has published and applied, by topic, so that an event
 * lost between two services is detected even if none follows it.
 */
@RestController
final class SequencesController {

  /** States of keys are numbered too, but nobody applies them by their numbers. */
  private static final String TOLD = "outbox_sequence where account not like 'key %'";

  /**
   * After a restore a topic's numbers start again, in a new epoch: what was told before is over.
   */
  private static final String APPLIED =
      """
      applied_sequence
       where (topic, epoch) in (select topic, max(epoch) from applied_sequence group by topic)
      """;

  private final JdbcClient jdbc;

  SequencesController(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Sums of the accounts' last sequence numbers.
   *
   * @param told events written to the outbox
   * @param applied events of others that took effect here
   */
  public record Sequences(Map<String, Long> told, Map<String, Long> applied) {}

  /** For operators: what was told and what was applied. */
  @GetMapping("/v1/audit/sequences")
  public Sequences sequences() {
    return new Sequences(sums(TOLD), sums(APPLIED));
  }

  private Map<String, Long> sums(String rows) {
    Map<String, Long> sums = new TreeMap<>();
    jdbc.sql("select topic, sum(sequence)::bigint from " + rows + " group by topic")
        .query(
            row -> {
              sums.put(row.getString(1), row.getLong(2));
            });
    return sums;
  }
}
