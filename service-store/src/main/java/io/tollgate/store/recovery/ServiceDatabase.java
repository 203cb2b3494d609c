package io.tollgate.store.recovery;

import io.tollgate.store.jdbc.Transactions;
import io.tollgate.store.outbox.OutboxEpoch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * The database of a service that does not run: its connection holds the lock that the service's
 * outbox relay would hold.
 */
public final class ServiceDatabase implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ServiceDatabase.class);

  private static final String LOCK =
      "select pg_try_advisory_lock(hashtextextended(current_schema() || '.outbox', 0))";

  private static final String UNLOCK = "select pg_advisory_unlock_all()";

  private static final String POSITIONS =
      """
      select topic, partition, min(next_offset) as next_offset from consumer_position
       where topic = :topic group by topic, partition
      """;

  private static final String AHEAD =
      "select account, epoch, sequence from applied_sequence where topic = :topic";

  private static final String FORGET =
      "delete from abandoned_range where topic = :topic and epoch > :epoch";

  private static final String PASS_OVER =
      """
      insert into abandoned_range (topic, partition, first_offset, last_offset, epoch)
      values (:topic, :partition, :first, :last, :epoch)
      on conflict (topic, partition, first_offset)
      do update set last_offset = excluded.last_offset, epoch = excluded.epoch
      """;

  private static final String TELL_AGAIN =
      """
      insert into state_to_tell (topic, record_key) values (:topic, :key) on conflict do nothing
      """;

  private final String service;
  private final Set<String> topics;
  private final SingleConnectionDataSource connection;
  private final JdbcClient jdbc;
  private final Transactions transactions;
  private final OutboxEpoch epoch;

  private ServiceDatabase(
      String service, Set<String> topics, SingleConnectionDataSource connection) {
    this.service = service;
    this.topics = Set.copyOf(topics);
    this.connection = connection;
    this.jdbc = JdbcClient.create(connection);
    this.transactions = new Transactions(new DataSourceTransactionManager(connection), jdbc);
    this.epoch = new OutboxEpoch(transactions, jdbc);
  }

  /**
   * Opens the database of a stopped service.
   *
   * @param service the service's name
   * @param topics the topics it writes through its outbox
   * @param url JDBC address, with the service's schema
   * @throws IllegalStateException when the service runs
   */
  public static ServiceDatabase open(
      String service, Set<String> topics, String url, String user, @Nullable String password) {
    ServiceDatabase database =
        new ServiceDatabase(
            service,
            topics,
            new SingleConnectionDataSource(url, user, password == null ? "" : password, true));
    try {
      if (!database.jdbc.sql(LOCK).query(Boolean.class).single()) {
        throw new IllegalStateException(
            "the service " + service + " runs on this database: stop all services first");
      }
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
    return database;
  }

  String service() {
    return service;
  }

  Set<String> topics() {
    return topics;
  }

  boolean isRestored() {
    return epoch.isRestored();
  }

  long epoch() {
    return epoch.current();
  }

  void beginEpoch(long number) {
    epoch.begin(number);
  }

  /** The last number the service gave, by account or key. */
  Map<String, Long> told(String topic) {
    Map<String, Long> told = new HashMap<>();
    jdbc.sql("select account, sequence from outbox_sequence where topic = ?")
        .param(topic)
        .query(
            rs -> {
              told.put(rs.getString("account"), rs.getLong("sequence"));
            });
    return told;
  }

  /** Where its consumers go on, the one furthest behind. */
  Map<TopicPartition, Long> positions(String topic) {
    Map<TopicPartition, Long> positions = new HashMap<>();
    jdbc.sql(POSITIONS)
        .param("topic", topic)
        .query(
            rs -> {
              positions.put(
                  new TopicPartition(topic, rs.getInt("partition")), rs.getLong("next_offset"));
            });
    return positions;
  }

  /** An account of which it applied what the history does not know, if there is one. */
  Optional<String> aheadOf(History history) {
    List<String> ahead = new ArrayList<>();
    jdbc.sql(AHEAD)
        .param("topic", history.topic())
        .query(
            rs -> {
              String account = rs.getString("account");
              if (ahead.isEmpty()
                  && !history.knows(account, rs.getLong("epoch"), rs.getLong("sequence"))) {
                ahead.add(account);
              }
            });
    return ahead.stream().findFirst();
  }

  /**
   * Lets its consumers pass records over, and none that an epoch passed over which the writer no
   * longer knows: it may have been restored to a later instant than the last time.
   *
   * @param began the epoch of their writer that begins instead
   */
  void passOver(Judgement judgement, long began) {
    transactions.execute(
        () -> {
          jdbc.sql(FORGET)
              .param("topic", judgement.topic())
              .param("epoch", judgement.epoch())
              .update();
          for (OffsetRange range : judgement.ranges()) {
            jdbc.sql(PASS_OVER)
                .param("topic", range.partition().topic())
                .param("partition", range.partition().partition())
                .param("first", range.first())
                .param("last", range.last())
                .param("epoch", began)
                .update();
          }
        });
  }

  /** Lets the service tell the states of keys again. */
  void tellAgain(String topic, Collection<String> keys) {
    transactions.execute(
        () ->
            keys.forEach(
                key -> jdbc.sql(TELL_AGAIN).params(Map.of("topic", topic, "key", key)).update()));
  }

  /** What was taken back of a topic when the service's present epoch began. */
  List<OffsetRange> takenBack(String topic) {
    return jdbc.sql(
            """
            select partition, first_offset, last_offset from abandoned_range
             where topic = :topic and epoch = :epoch order by partition, first_offset
            """)
        .param("topic", topic)
        .param("epoch", epoch())
        .query(
            (rs, row) ->
                new OffsetRange(
                    new TopicPartition(topic, rs.getInt("partition")),
                    rs.getLong("first_offset"),
                    rs.getLong("last_offset")))
        .list();
  }

  /** Unlocks first: the server notices later that the connection is gone. */
  @Override
  public void close() {
    try {
      jdbc.sql(UNLOCK).query(row -> {});
    } catch (DataAccessException e) {
      log.info("The connection to the database of {} is lost: {}", service, e.toString());
    } finally {
      connection.destroy();
    }
  }
}
