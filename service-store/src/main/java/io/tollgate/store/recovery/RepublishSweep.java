package io.tollgate.store.recovery;

import io.tollgate.model.Identifiers;
import io.tollgate.store.jdbc.Transactions;
import io.tollgate.support.time.sweep.Sweep;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Republishes, key by key, the states of compacted topics that a restore took back. */
final class RepublishSweep implements Sweep {

  private static final Logger log = LoggerFactory.getLogger(RepublishSweep.class);

  private static final int MAX_KEYS = 100;

  private static final String TAKE =
      """
      delete from state_to_tell
       where (topic, record_key) in (select topic, record_key from state_to_tell
                                      where topic = :topic
                                      order by record_key limit 1 for update skip locked)
      returning record_key
      """;

  private final Transactions transactions;
  private final JdbcClient jdbc;
  private final List<StatePublisher> publishers;

  RepublishSweep(Transactions transactions, JdbcClient jdbc, List<StatePublisher> publishers) {
    this.transactions = transactions;
    this.jdbc = jdbc;
    this.publishers = List.copyOf(publishers);
  }

  @Override
  public String name() {
    return "republish";
  }

  @Override
  public int runBatch(Instant upTo) {
    int published = 0;
    for (StatePublisher publisher : publishers) {
      while (published < MAX_KEYS && publishOne(publisher)) {
        published++;
      }
    }
    return published;
  }

  private boolean publishOne(StatePublisher publisher) {
    return transactions.run(
        () -> {
          var key = jdbc.sql(TAKE).param("topic", publisher.topic()).query(String.class).optional();
          key.ifPresent(found -> publish(publisher, found));
          return key.isPresent();
        });
  }

  /** Every key of a compacted topic is an identifier; any other belongs to nothing. */
  private static void publish(StatePublisher publisher, String key) {
    if (Identifiers.isValid(key)) {
      publisher.republish(key);
    } else {
      log.warn(
          "A key of {} is not an identifier: nothing is republished for it", publisher.topic());
    }
  }

  @Override
  public boolean anythingDue(Instant upTo) {
    return jdbc.sql("select exists (select from state_to_tell)").query(Boolean.class).single();
  }
}
