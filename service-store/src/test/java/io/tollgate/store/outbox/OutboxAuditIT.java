package io.tollgate.store.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.store.recovery.Recovery;
import io.tollgate.store.testing.Broker;
import io.tollgate.store.testing.Counted;
import io.tollgate.store.testing.Stopped;
import io.tollgate.store.testing.TestService;
import io.tollgate.support.messaging.TopicSpec;
import io.tollgate.support.observability.Audit;
import io.tollgate.testing.SharedInfrastructure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was told is published or waits; a row that went in any other way is found. */
class OutboxAuditIT {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir Path directory;
  private final String database = SharedInfrastructure.freshDatabase();
  private final String topic = Broker.freshTopic();

  private TestService start() {
    return TestService.named("a" + Integer.toHexString(topic.hashCode()), database, directory)
        .bean("topic", TopicSpec.class, TopicSpec.appended(topic))
        .start();
  }

  private record Audited(long checked, String difference, List<String> findings) {
    static Audited clean(long checked) {
      return new Audited(checked, "0", List.of());
    }
  }

  private static Audited audited(TestService running) {
    return running.get(Audit.class).run().invariants().stream()
        .filter(result -> result.id().equals("events-are-published-or-waiting"))
        .map(
            result ->
                new Audited(
                    result.checked(), result.difference().toPlainString(), result.findings()))
        .findFirst()
        .orElseThrow();
  }

  private static void awaitPublished(TestService running) {
    await().atMost(LIMIT).until(() -> running.count("outbox") == 0);
  }

  @Test
  void aRowThatVanishesBeforeItIsPublishedTurnsTheAuditRedForGood() {
    try (TestService running = start()) {
      OutboxRelay relay = running.get(OutboxRelay.class);
      running.publish(
          Counted.message(topic, "a", 1),
          Counted.message(topic, "b", 1),
          OutboxMessage.tombstone(topic, "key"));
      awaitPublished(running);
      relay.stop();
      running.publish(Counted.message(topic, "a", 2), OutboxMessage.tombstone(topic, "key"));
      assertThat(audited(running)).isEqualTo(Audited.clean(5));

      running.jdbc().sql("delete from outbox where payload is null").update();
      assertThat(audited(running))
          .isEqualTo(new Audited(5, "1", List.of(topic + ": 5 told, 3 published, 1 waiting")));

      relay.start();
      running.publish(Counted.message(topic, "a", 3));
      awaitPublished(running);
      assertThat(audited(running))
          .isEqualTo(new Audited(6, "1", List.of(topic + ": 6 told, 5 published, 0 waiting")));
    }
  }

  @Test
  void aRestoredDatabaseCountsAnewAlsoWithWhatStillWaitedInIt() {
    try (TestService running = start()) {
      running.publish(Counted.message(topic, "a", 1));
      awaitPublished(running);
      running.get(OutboxRelay.class).stop();
      running.publish(Counted.message(topic, "a", 2));
      running.jdbc().sql("update outbox_epoch set system_identifier = 'another'").update();
    }
    try (Recovery recovery = Stopped.recovery(Stopped.database("a", topic, database))) {
      var unused = recovery.recover();
    }
    try (TestService restored = start()) {
      restored.publish(Counted.message(topic, "a", 3));
      awaitPublished(restored);
      assertThat(Broker.readAll(topic)).hasSize(3);
      assertThat(audited(restored)).isEqualTo(Audited.clean(1));
    }
  }
}
