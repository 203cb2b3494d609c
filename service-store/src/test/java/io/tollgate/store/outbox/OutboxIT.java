package io.tollgate.store.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tollgate.embedded.JavaCommand;
import io.tollgate.embedded.JavaProcess;
import io.tollgate.model.event.EventEnvelope;
import io.tollgate.store.jdbc.Transactions;
import io.tollgate.store.testing.Broker;
import io.tollgate.store.testing.Counted;
import io.tollgate.store.testing.EventHandler;
import io.tollgate.store.testing.PublishAndWait;
import io.tollgate.store.testing.TestService;
import io.tollgate.support.FaultPoint;
import io.tollgate.support.messaging.TopicSpec;
import io.tollgate.testing.SharedInfrastructure;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxIT {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir Path directory;
  private final String database = SharedInfrastructure.freshDatabase();
  private final String topic = Broker.freshTopic();
  private final String service = "o" + Integer.toHexString(topic.hashCode());

  private TestService.Builder service(String name, String onDatabase) {
    return TestService.named(name, onDatabase, directory.resolve(name + onDatabase))
        .bean("topic", TopicSpec.class, TopicSpec.appended(topic))
        .bean("dlt", TopicSpec.class, TopicSpec.appended(topic + "-dlt"));
  }

  @Test
  void whatCommitsIsPublishedInOrderWithNumbersAndWhatRollsBackIsNot() {
    try (TestService running = service(service, database).start()) {
      running.publish(
          Counted.message(topic, "a", 1),
          Counted.message(topic, "b", 1),
          Counted.message(topic, "a", 2));
      assertThatThrownBy(
              () ->
                  running
                      .get(Transactions.class)
                      .execute(
                          () -> {
                            running.get(Outbox.class).append(Counted.message(topic, "a", 99));
                            throw new IllegalStateException("changed my mind");
                          }))
          .hasMessage("changed my mind");
      running.publish(Counted.message(topic, "a", 3));

      await().atMost(LIMIT).untilAsserted(() -> assertThat(running.count("outbox")).isZero());
      assertThat(published("a")).containsExactly("1@1/1", "2@1/2", "3@1/3");
      assertThat(published("b")).containsExactly("1@1/1");
    }
  }

  @Test
  void aRelayKilledBetweenSendAndDeletePublishesAgainAndItsConsumerAppliesOnce() throws Exception {
    String consumers = SharedInfrastructure.freshDatabase();
    try (TestService reader =
        service(service + "reader", consumers)
            .bean("events", EventHandler.class, new EventHandler(topic))
            .start()) {
      assertThat(publishInAProcessThatIsKilled()).isEqualTo(137);
      assertThat(published("a")).containsExactly("1@1/1", "2@1/2", "3@1/3");
      try (TestService restarted = service(service, database).start()) {
        assertThat(restarted.get(OutboxRelay.class).isRunning()).isTrue();
        await().atMost(LIMIT).untilAsserted(() -> assertThat(restarted.count("outbox")).isZero());
        restarted.publish(Counted.message(topic, "a", 4));
        await().atMost(LIMIT).untilAsserted(() -> assertThat(reader.seen(topic)).contains("a-4"));
      }
      assertThat(published("a"))
          .containsExactly("1@1/1", "2@1/2", "3@1/3", "1@1/1", "2@1/2", "3@1/3", "4@1/4");
      assertThat(reader.seen(topic)).containsExactly("a-1", "a-2", "a-3", "a-4");
    }
  }

  private int publishInAProcessThatIsKilled() {
    var server = SharedInfrastructure.database();
    JavaCommand command =
        JavaCommand.ofClass(PublishAndWait.class)
            .with("-Xmx256m", "-XX:TieredStopAtLevel=1")
            .with(
                "-D" + FaultPoint.PROPERTY + "=" + FaultPoint.OUTBOX_AFTER_SEND_BEFORE_MARK.label())
            .to(service, directory.resolve("killed").toString())
            .to(server.jdbcUrl(database), server.username(), server.password())
            .to(SharedInfrastructure.kafka().bootstrapServers(), topic);
    try (JavaProcess process = command.start(directory.resolve("killed.log"))) {
      return process.exitWithin(Duration.ofMinutes(1)).orElseThrow();
    }
  }

  @Test
  void aRowThatCommitsLateUnderAnEarlyIdIsStillPublished() throws Exception {
    try (TestService running = service(service, database).start()) {
      CountDownLatch appended = new CountDownLatch(1);
      CountDownLatch mayCommit = new CountDownLatch(1);
      Thread slow =
          Thread.ofPlatform()
              .start(
                  () ->
                      running
                          .get(Transactions.class)
                          .execute(
                              () -> {
                                running.get(Outbox.class).append(Counted.message(topic, "slow", 1));
                                appended.countDown();
                                awaitLatch(mayCommit);
                              }));
      awaitLatch(appended);
      running.publish(Counted.message(topic, "quick", 1));
      await()
          .atMost(LIMIT)
          .untilAsserted(() -> assertThat(published("quick")).containsExactly("1@1/1"));
      assertThat(published("slow")).isEmpty();
      mayCommit.countDown();
      slow.join();
      await()
          .atMost(LIMIT)
          .untilAsserted(() -> assertThat(published("slow")).containsExactly("1@1/1"));
    }
  }

  @Test
  void twoRelaysOfOneServicePublishEverythingInOrderPerAccount() throws Exception {
    try (TestService one = service(service, database).start();
        TestService two =
            service(service, database).with("tollgate.instance", "instance-1").start()) {
      Thread first = Thread.ofPlatform().start(() -> publishMany(one, "a"));
      Thread second = Thread.ofPlatform().start(() -> publishMany(two, "b"));
      endTheRelaysSessions(one);
      first.join();
      second.join();
      await().atMost(LIMIT).untilAsserted(() -> assertThat(one.count("outbox")).isZero());
      var expected = IntStream.rangeClosed(1, 200).mapToObj(n -> n + "@1/" + n).toList();
      assertThat(published("a").stream().distinct()).containsExactlyElementsOf(expected);
      assertThat(published("b").stream().distinct()).containsExactlyElementsOf(expected);
    }
  }

  private void publishMany(TestService running, String account) {
    for (int number = 1; number <= 200; number++) {
      running.publish(Counted.message(topic, account, number));
    }
  }

  /** Whoever relays loses its lock while it believes to have it. */
  private static void endTheRelaysSessions(TestService running) {
    for (int i = 0; i < 3; i++) {
      running
          .jdbc()
          .sql(
              "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory'"
                  + " and database = (select oid from pg_database"
                  + " where datname = current_database())")
          .query(Boolean.class)
          .list();
    }
  }

  @Test
  void concurrentAppendsToOneAccountAreNumberedWithoutGapsInTheOrderOfTheirCommits()
      throws Exception {
    try (TestService running = service(service, database).start()) {
      List<Thread> threads =
          IntStream.range(0, 8)
              .mapToObj(
                  t ->
                      Thread.ofPlatform()
                          .start(
                              () -> {
                                for (int i = 0; i < 25; i++) {
                                  running.publish(Counted.message(topic, "hot", t * 100 + i));
                                }
                              }))
              .toList();
      for (Thread thread : threads) {
        thread.join();
      }
      await().atMost(LIMIT).untilAsserted(() -> assertThat(running.count("outbox")).isZero());
      var sequences = published("hot").stream().map(p -> p.substring(p.indexOf('/') + 1)).toList();
      assertThat(sequences)
          .containsExactlyElementsOf(
              IntStream.rangeClosed(1, 200).mapToObj(String::valueOf).toList());
    }
  }

  @Test
  void thousandsOfRowsAreAppendedAtOnceAndAllArrive() {
    try (TestService running = service(service, database).start()) {
      OutboxMessage[] messages =
          IntStream.rangeClosed(1, 5_000)
              .mapToObj(n -> Counted.message(topic, "a" + n % 100, n))
              .toArray(OutboxMessage[]::new);
      running.publish(messages);
      await().atMost(LIMIT).untilAsserted(() -> assertThat(running.count("outbox")).isZero());
      assertThat(Broker.readAll(topic)).hasSize(5_000);
    }
  }

  @Test
  void readingTheWholeTopicAgainAppliesNothingAndAMissingEventIsTakenWhenItComesLate() {
    try (TestService running =
        service(service, database)
            .bean("events", EventHandler.class, new EventHandler(topic))
            .start()) {
      running.publish(Counted.message(topic, "a", 1), Counted.message(topic, "a", 2));
      await()
          .atMost(LIMIT)
          .untilAsserted(() -> assertThat(running.seen(topic)).containsExactly("a-1", "a-2"));
      running.jdbc().sql("update consumer_position set next_offset = 0").update();
      running.jdbc().sql("update outbox_sequence set sequence = 3").update();
      running.publish(Counted.message(topic, "a", 4));
      await()
          .atMost(LIMIT)
          .untilAsserted(
              () -> assertThat(running.seen(topic)).containsExactly("a-1", "a-2", "a-4"));
      assertThat(running.count("applied_sequence_gap")).isEqualTo(1);
      running.jdbc().sql("update outbox_sequence set sequence = 2").update();
      running.publish(Counted.message(topic, "a", 3));
      await()
          .atMost(LIMIT)
          .untilAsserted(
              () -> assertThat(running.seen(topic)).containsExactly("a-1", "a-2", "a-4", "a-3"));
      assertThat(running.count("applied_sequence_gap")).isZero();
      lie("a", 1, 2_000_000);
      lie("a", 2_000_000, 1);
      running.jdbc().sql("update outbox_sequence set sequence = 4").update();
      running.publish(Counted.message(topic, "a", 5));
      await()
          .atMost(LIMIT)
          .untilAsserted(
              () ->
                  assertThat(running.seen(topic))
                      .containsExactly("a-1", "a-2", "a-4", "a-3", "a-5"));
      assertThat(running.count("dead_letter")).isEqualTo(2);
      assertThat(running.count("parked_account")).isZero();
    }
  }

  /** A number from the future, which no outbox told. */
  private void lie(String account, long epoch, long sequence) {
    EventEnvelope<Counted> lie =
        new EventEnvelope<>(
            "lie",
            "test",
            Counted.CODEC.typeOf(new Counted(9)),
            account,
            Instant.parse("2026-03-01T00:00:00Z"),
            epoch,
            sequence,
            Optional.empty(),
            new Counted(9));
    Broker.send(topic, 0, account, new String(Counted.CODEC.encode(lie), StandardCharsets.UTF_8));
  }

  /** An account's events on the topic as {@code number@epoch/sequence}. */
  private List<String> published(String account) {
    return Counted.published(topic, account);
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
