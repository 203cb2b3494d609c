package io.tollgate.store.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.store.testing.Broker;
import io.tollgate.store.testing.TestService;
import io.tollgate.store.testing.TextHandler;
import io.tollgate.support.messaging.TopicSpec;
import io.tollgate.support.observability.Readings;
import io.tollgate.testing.SharedInfrastructure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessResourceFailureException;

class PositionedConsumerIT {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir Path directory;
  private final String database = SharedInfrastructure.freshDatabase();
  private final String topic = Broker.freshTopic();
  private String service = "";

  @BeforeEach
  void nameTheServiceSoThatItsGroupIsNew() {
    service = "s" + Integer.toHexString(topic.hashCode());
  }

  private TestService start(TextHandler handler) {
    return with(handler).start();
  }

  private TestService.Builder with(TextHandler handler) {
    return TestService.named(service, database, directory)
        .bean("topic", TopicSpec.class, TopicSpec.appended(topic))
        .bean("dlt", TopicSpec.class, TopicSpec.appended(topic + "-dlt"))
        .bean("handler", TextHandler.class, handler);
  }

  @Test
  void aRestartResumesFromTheTableAndNotFromWhatKafkaHasCommitted() {
    try (TestService running = start(new TextHandler(topic))) {
      Broker.send(topic, 0, "a", "1", "2", "3", "4", "5");
      awaitSeen(running, "1", "2", "3", "4", "5");
    }
    Broker.setCommitted(service + "-texts", new TopicPartition(topic, 0), 1);
    try (TestService running = start(new TextHandler(topic))) {
      Broker.send(topic, 0, "a", "6");
      awaitSeen(running, "1", "2", "3", "4", "5", "6");
      moveTo(running, 4);
    }
    try (TestService running = start(new TextHandler(topic))) {
      awaitSeen(running, "1", "2", "3", "4", "5", "6", "5", "6");
    }
  }

  /** Between the position and the ends lie markers, and records that were aborted. */
  @Test
  void theLagCountsWhatWaitsAndNoTransactionMarkers() {
    try (TestService running = start(new TextHandler(topic))) {
      Broker.sendInTransaction(topic, 0, "a", "1", "2");
      awaitSeen(running, "1", "2");
      PositionedConsumers consumers = running.get(PositionedConsumers.class);
      assertThat(consumers.lags()).isEqualTo(Map.of("texts", 0L));

      consumers.stop();
      Broker.sendInTransaction(topic, 0, "a", "3", "4", "5");
      Broker.sendInTransaction(topic, 0, "a", "6");
      Broker.sendAndAbort(topic, 0, "a", "never", "read");
      Broker.sendInTransaction(topic, 1, "b", "7");
      assertThat(consumers.lags()).isEqualTo(Map.of("texts", 5L));

      running.get(Readings.class).refresh();
      assertThat(
              running
                  .get(MeterRegistry.class)
                  .get("tollgate_consumer_lag")
                  .tag("consumer", "texts")
                  .gauge()
                  .value())
          .isEqualTo(5);
      consumers.stop();
    }
  }

  @Test
  void aRunningConsumerWhosePositionWasMovedRollsBackAndGoesOnFromThere() {
    try (TestService running = start(new TextHandler(topic))) {
      Broker.send(topic, 0, "a", "1", "2");
      awaitSeen(running, "1", "2");
      moveTo(running, 4);
      Broker.send(topic, 0, "a", "3", "4", "5");
      awaitSeen(running, "1", "2", "5");
      assertThat(position(running)).isEqualTo(5);
    }
  }

  @Test
  void aSecondConsumerWithAnOldPositionChangesNothing() {
    try (TestService running = start(new TextHandler(topic))) {
      Broker.send(topic, 0, "a", "1", "2");
      awaitSeen(running, "1", "2");
      var store = new PositionStore(running.jdbc());
      assertThat(store.advance("texts", new TopicPartition(topic, 0), 0, 2)).isFalse();
      assertThat(position(running)).isEqualTo(2);
    }
  }

  @Test
  void poisonGoesToTheDeadLettersWhileTheRestAndOtherPartitionsProceed() throws Exception {
    AtomicBoolean steady = new AtomicBoolean(true);
    AtomicInteger sent = new AtomicInteger();
    try (TestService running = start(new TextHandler(topic))) {
      Thread traffic =
          Thread.ofPlatform()
              .start(
                  () -> {
                    while (steady.get()) {
                      Broker.send(topic, 1, "b", "steady-" + sent.incrementAndGet());
                    }
                  });
      Broker.send(topic, 0, "a", "good-1", "bad-1", "good-2", "bad-2", "good-3");
      await()
          .atMost(LIMIT)
          .untilAsserted(() -> assertThat(Broker.readAll(topic + "-dlt")).hasSize(2));
      steady.set(false);
      traffic.join();

      await()
          .atMost(LIMIT)
          .untilAsserted(() -> assertThat(running.seen(topic)).hasSize(3 + sent.get()));
      assertThat(running.seen(topic)).contains("good-1", "good-2", "good-3");
      var dead = Broker.readAll(topic + "-dlt");
      assertThat(dead).extracting(r -> r.value()).containsExactly("bad-1", "bad-2");
      assertThat(dead).extracting(r -> r.partition()).containsOnly(0);
      assertThat(Broker.header(dead.getFirst(), "tollgate-cause")).contains("not a text of ours");
      assertThat(Broker.header(dead.getFirst(), "tollgate-original-offset")).isEqualTo("1");
      assertThat(
              running
                  .get(MeterRegistry.class)
                  .get("tollgate_dead_lettered_records")
                  .tags("topic", topic, "cause", "unreadable")
                  .counter()
                  .count())
          .isEqualTo(2);
    }
  }

  @Test
  void whileTheDeadLetterTopicTakesNothingNoRecordIsSkippedAndNoneHeldUp() {
    try (TestService running = start(new TextHandler(topic))) {
      // Too little for a dead letter; the marker of an aborted transaction still fits.
      Broker.configure(topic + "-dlt", "max.message.bytes", "100");
      Broker.send(topic, 0, "a", "bad-1", "good-1");
      awaitSeen(running, "good-1");
      assertThat(running.get(DeadLetters.class).list(Optional.of(topic), 0, 10)).hasSize(1);
      assertThat(Broker.readAll(topic + "-dlt")).isEmpty();

      Broker.configure(topic + "-dlt", "max.message.bytes", "1048576");
      await()
          .atMost(LIMIT)
          .untilAsserted(
              () ->
                  assertThat(Broker.readAll(topic + "-dlt"))
                      .extracting(ConsumerRecord::value)
                      .containsExactly("bad-1"));
    }
  }

  @Test
  void aDeadLetterIsPublishedAgainOnceAndTakenWhenItCanBeReadNow() {
    try (TestService running = start(new TextHandler(topic))) {
      Broker.send(topic, 0, "a", "bad-1", "good");
      awaitSeen(running, "good");
      assertThat(running.get(DeadLetters.class).list(Optional.of(topic), 0, 10))
          .singleElement()
          .satisfies(letter -> assertThat(letter.offset()).isZero());
    }
    TextHandler mended =
        new TextHandler(topic) {
          @Override
          public Optional<String> decode(ConsumerRecord<String, byte[]> record) {
            return Optional.of(new String(record.value(), UTF_8));
          }
        };
    try (TestService running = start(mended)) {
      DeadLetters letters = running.get(DeadLetters.class);
      assertThat(letters.replay(topic, Optional.empty(), 10)).isEqualTo(1);
      assertThat(letters.replay(topic, Optional.empty(), 10)).isZero();
      awaitSeen(running, "good", "bad-1");
    }
  }

  @Test
  void aDeadLetterThatIsDiscardedStaysListedWithItsReasonAndIsNeitherCountedNorPublished() {
    try (TestService running = start(new TextHandler(topic))) {
      Broker.send(topic, 0, "a", "bad-1", "bad-2", "good");
      awaitSeen(running, "good");
      DeadLetters letters = running.get(DeadLetters.class);
      long first = letters.list(Optional.of(topic), 0, 10).getFirst().id();

      DeadLetters.DeadLetter discarded = letters.discard(first, "olga", "a test");
      assertThat(letters.discard(first, "oscar", "again")).isEqualTo(discarded);

      assertThat(letters.list(Optional.of(topic), 0, 10).getFirst().discarded())
          .hasValueSatisfying(
              decision -> {
                assertThat(decision.by()).isEqualTo("olga");
                assertThat(decision.reason()).isEqualTo("a test");
              });
      assertThat(running.count("audit_entry")).isEqualTo(1);
      assertThat(letters.replay(topic, Optional.empty(), 10)).isEqualTo(1);
      long second = letters.list(Optional.of(topic), 0, 10).getLast().id();
      assertThatThrownBy(() -> letters.discard(second, "olga", "late"))
          .hasMessageContaining("was already replayed");
      assertThatThrownBy(() -> letters.discard(second + 1_000, "olga", "none"))
          .hasMessageContaining("does not exist");
    }
  }

  @Test
  void anAccountThatFailsIsParkedWithAllThatFollowsUntilItIsReplayed() {
    AtomicBoolean broken = new AtomicBoolean(true);
    TextHandler handler =
        new TextHandler(topic) {
          @Override
          protected void write(Received<String> received) {
            super.write(received);
            if (broken.get() && received.value().equals("a2")) {
              throw new IllegalStateException("a2 cannot be applied");
            }
          }
        };
    try (TestService running = start(handler)) {
      try (var producer = Broker.producer()) {
        for (String value : List.of("a1", "b1", "a2", "b2", "a3", "b3")) {
          var unused = producer.send(new ProducerRecord<>(topic, 0, value.substring(0, 1), value));
        }
      }
      await().atMost(LIMIT).untilAsserted(() -> assertThat(running.seen(topic)).contains("b3"));
      Broker.send(topic, 0, "a", "a4");
      Broker.send(topic, 0, "b", "b4");
      await().atMost(LIMIT).untilAsserted(() -> assertThat(running.seen(topic)).contains("b4"));

      assertThat(running.seen(topic)).doesNotContain("a2", "a3", "a4").doesNotHaveDuplicates();
      AccountParking parking = running.get(AccountParking.class);
      assertThat(parking.list("", 10))
          .singleElement()
          .satisfies(
              parked -> {
                assertThat(parked.account()).isEqualTo("a");
                assertThat(parked.cause()).contains("a2 cannot be applied");
              });

      assertThat(parking.replay("a")).singleElement().matches(AccountParking.Replay::parked);
      assertThat(running.seen(topic)).doesNotContain("a2");

      broken.set(false);
      assertThat(parking.replay("a")).singleElement().matches(replay -> !replay.parked());
      assertThat(running.seen(topic).stream().filter(v -> v.startsWith("a")))
          .containsExactly("a1", "a2", "a3", "a4");
      Broker.send(topic, 0, "a", "a5");
      await().atMost(LIMIT).untilAsserted(() -> assertThat(running.seen(topic)).contains("a5"));
      assertThat(running.seen(topic)).doesNotHaveDuplicates();
    }
  }

  /** Fuzzing stopped partitions for ever: neither key could be stored as an account. */
  @Test
  void whatCannotEvenBeParkedGoesToTheDeadLettersAndTheRestProceeds() {
    try (TestService running = start(new TextHandler(topic))) {
      Broker.send(topic, 0, "a\u0000b", "1");
      Broker.send(topic, 0, noise(9_000), "2");
      Broker.send(topic, 0, "a", "3");
      awaitSeen(running, "3");
      assertThat(running.get(DeadLetters.class).list(Optional.of(topic), 0, 10)).hasSize(2);
      assertThat(running.count("parked_account")).isZero();
    }
  }

  /** Fuzzing stopped partitions for ever: a text too long for an index is no failing database. */
  @Test
  void aTextThatNoIndexTakesParksItsAccountOnly() {
    TextHandler handler =
        new TextHandler(topic) {
          @Override
          protected void write(Received<String> received) {
            jdbc()
                .sql("insert into outbox_sequence (topic, account, sequence) values ('t', ?, 1)")
                .param(received.value())
                .update();
            super.write(received);
          }
        };
    try (TestService running = start(handler)) {
      Broker.send(topic, 0, "a", noise(9_000));
      Broker.send(topic, 0, "b", "2");
      awaitSeen(running, "2");
      assertThat(running.get(AccountParking.class).list("", 10)).hasSize(1);
    }
  }

  /** Without a pattern, so that nothing packs it. */
  private static String noise(int length) {
    return new Random(1)
        .ints(length, 'a', 'z' + 1)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  @Test
  void anInfrastructureFailureIsRetriedWithoutEndAndNothingIsSkipped() {
    // Spring's own error handler skips a record that failed ten times.
    AtomicInteger failures = new AtomicInteger(11);
    TextHandler handler =
        new TextHandler(topic) {
          @Override
          protected void write(Received<String> received) {
            if (received.value().equals("2") && failures.getAndDecrement() > 0) {
              throw new DataAccessResourceFailureException("the database is away");
            }
            super.write(received);
          }

          @Override
          public int maxBatch() {
            return 1;
          }
        };
    RetryPauses brief = new RetryPauses(Duration.ofMillis(10), Duration.ofMillis(20));
    try (TestService running = with(handler).bean("pauses", RetryPauses.class, brief).start()) {
      Broker.send(topic, 0, "a", "1", "2", "3");
      awaitSeen(running, "1", "2", "3");
      assertThat(failures).as("all failures happened").hasNegativeValue();
      assertThat(running.count("parked_account")).isZero();
      assertThat(running.count("dead_letter")).isZero();
    }
  }

  @Test
  void aTopicMadeAgainRefusesToStart() {
    try (TestService running = start(new TextHandler(topic))) {
      Broker.send(topic, 0, "a", "1");
      awaitSeen(running, "1");
      running.jdbc().sql("update consumer_position set topic_id = 'another'").update();
    }
    assertThatThrownBy(() -> start(new TextHandler(topic)).close())
        .hasRootCauseInstanceOf(IllegalStateException.class)
        .rootCause()
        .hasMessageContaining("deleted and created again");
  }

  @Test
  void aDeadConsumerIsSeen() {
    TextHandler handler =
        new TextHandler(topic) {
          @Override
          public void handle(List<Received<String>> batch) {
            throw new OutOfMemoryError("as if");
          }
        };
    try (TestService running = start(handler)) {
      PositionedConsumers consumers = running.get(PositionedConsumers.class);
      assertThat(consumers.defects()).isEmpty();
      Broker.send(topic, 0, "a", "1");
      await().atMost(LIMIT).untilAsserted(() -> assertThat(consumers.defects()).isNotEmpty());
      assertThat(running.get(ConsumersHealthIndicator.class).health().getStatus().getCode())
          .isEqualTo("DOWN");
      assertThat(position(running)).isZero();
    }
  }

  @Test
  void transactionMarkersAtTheEndOfTheLogDoNotKeepTheClockWaiting() {
    try (TestService running = start(new TextHandler(topic))) {
      Broker.sendInTransaction(topic, 0, "a", "1", "2");
      awaitSeen(running, "1", "2");
      assertThat(position(running)).isEqualTo(2);
      assertThat(running.get(PositionedConsumers.class).lags()).containsEntry("texts", 0L);
      await()
          .atMost(LIMIT)
          .untilAsserted(
              () ->
                  assertThat(running.get(PositionedConsumers.class).settleChecks())
                      .allSatisfy(check -> assertThat(check.laggard()).isEmpty()));
    }
  }

  private void awaitSeen(TestService running, String... values) {
    await()
        .atMost(LIMIT)
        .untilAsserted(() -> assertThat(running.seen(topic)).containsExactly(values));
  }

  private void moveTo(TestService running, long offset) {
    running
        .jdbc()
        .sql("update consumer_position set next_offset = ? where topic = ? and partition = 0")
        .params(offset, topic)
        .update();
  }

  private long position(TestService running) {
    return running
        .jdbc()
        .sql("select next_offset from consumer_position where topic = ? and partition = 0")
        .param(topic)
        .query(Long.class)
        .single();
  }
}
