package io.tollgate.store.recovery;

import io.tollgate.model.Identifiers;
import io.tollgate.store.jdbc.Transactions;
import io.tollgate.support.time.sweep.Sweep;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tells the states of keys again that a restore took back, key by key. */
final class TellAgainSweep implements Sweep {

  private static final Logger log = LoggerFactory.getLogger(TellAgainSweep.class);

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
  private final List<StateTeller> tellers;

  TellAgainSweep(Transactions transactions, JdbcClient jdbc, List<StateTeller> tellers) {
    this.transactions = transactions;
    this.jdbc = jdbc;
    this.tellers = List.copyOf(tellers);
  }

  @Override
  public String name() {
    return "tell-again";
  }

  @Override
  public int runBatch(Instant upTo) {
    int told = 0;
    for (StateTeller teller : tellers) {
      while (told < MAX_KEYS && tellOne(teller)) {
        told++;
      }
    }
    return told;
  }

  private boolean tellOne(StateTeller teller) {
    return transactions.run(
        () -> {
          var key = jdbc.sql(TAKE).param("topic", teller.topic()).query(String.class).optional();
          key.ifPresent(found -> tell(teller, found));
          return key.isPresent();
        });
  }

  /** Every key of a compacted topic is an identifier; any other belongs to nothing. */
  private static void tell(StateTeller teller, String key) {
    if (Identifiers.isValid(key)) {
      teller.tellAgain(key);
    } else {
      log.warn("a key of {} is no identifier: nothing is told of it", teller.topic());
    }
  }

  @Override
  public boolean anythingDue(Instant upTo) {
    return jdbc.sql("select exists (select from state_to_tell)").query(Boolean.class).single();
  }
}
