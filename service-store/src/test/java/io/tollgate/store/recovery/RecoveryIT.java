package io.tollgate.store.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tollgate.store.consumer.PositionedConsumers;
import io.tollgate.store.testing.Broker;
import io.tollgate.store.testing.Counted;
import io.tollgate.store.testing.EventHandler;
import io.tollgate.store.testing.Stopped;
import io.tollgate.store.testing.TestService;
import io.tollgate.support.messaging.TopicSpec;
import io.tollgate.testing.SharedInfrastructure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A service that reads what it tells itself. It told a-1 and a-2 and applied a-1 when its database
 * was backed up; then it applied a-2, and told and applied a-3.
 */
class RecoveryIT {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir Path directory;
  private final String lost = SharedInfrastructure.freshDatabase();
  private final String topic = Broker.freshTopic();
  private final String service = "r" + Integer.toHexString(topic.hashCode());
  private String restored = "";
  private String restoredAgain = "";

  @BeforeEach
  void loseTheDatabase() {
    try (TestService running = start(lost)) {
      running.publish(Counted.message(topic, "a", 1));
      awaitSeen(running, "a-1");
      running.get(PositionedConsumers.class).stop();
      running.publish(Counted.message(topic, "a", 2));
      await().atMost(LIMIT).until(() -> running.count("outbox") == 0);
    }
    restored = Stopped.copy(lost);
    restoredAgain = Stopped.copy(lost);
    try (TestService running = start(lost)) {
      running.publish(Counted.message(topic, "a", 3));
      awaitSeen(running, "a-1", "a-2", "a-3");
    }
  }

  private TestService start(String database) {
    return TestService.named(service, database, directory)
        .bean("topic", TopicSpec.class, TopicSpec.appended(topic))
        .bean("events", EventHandler.class, new EventHandler(topic))
        .start();
  }

  private void awaitSeen(TestService running, String... values) {
    await()
        .atMost(LIMIT)
        .untilAsserted(() -> assertThat(running.seen(topic)).containsExactly(values));
  }

  @Test
  void whatWasToldBeforeTheBackupIsAppliedAndWhatWasToldAfterItIsPassedOver() {
    assertThatThrownBy(() -> start(restored))
        .rootCause()
        .hasMessageContaining("run 'tollgate recover'");

    assertThat(recover(restored)).isEqualTo(new Recovery.Summary(List.of(service), 1, 0));
    assertThat(takenBack(restored)).containsExactly("a-3");
    try (TestService running = start(restored)) {
      running.publish(Counted.message(topic, "a", 4));
      awaitSeen(running, "a-1", "a-2", "a-4");
      assertThat(running.count("applied_sequence_gap")).isZero();
      assertThatThrownBy(() -> Stopped.database(service, topic, restored))
          .hasMessageContaining("stop all services first");
    }
    assertThat(recover(restored)).isEqualTo(new Recovery.Summary(List.of(), 0, 0));

    // The same backup once more: the epoch that began after the first restore is used up as well.
    assertThat(recover(restoredAgain).passedOver()).isEqualTo(2);
    assertThat(takenBack(restoredAgain)).containsExactly("a-3", "a-4");
    try (TestService running = start(restoredAgain)) {
      running.publish(Counted.message(topic, "a", 5));
      awaitSeen(running, "a-1", "a-2", "a-5");
    }
    assertThat(published()).containsExactly("1@1/1", "2@1/2", "3@1/3", "4@2/1", "5@3/1");
  }

  @Test
  void aReaderThatLiesAheadOfARestoredWriterIsRefused() {
    try (Recovery recovery =
        Stopped.recovery(
            Stopped.database(service, topic, restored), Stopped.reader("reader", lost))) {
      assertThatThrownBy(recovery::recover)
          .hasMessageContaining("reader has applied events of account a")
          .hasMessageContaining("restore reader to the same instant");
    }
    assertThat(recover(restored).passedOver()).as("nothing was changed before").isEqualTo(1);
    theSecondRestoreIsToALaterInstant();
    aPartitionWithoutRecordsTellsNothing();
  }

  /**
   * Its reader was not restored again, and passed over what the writer now knows. What somebody
   * wrote of an epoch that no restore began is passed over, and begins none.
   */
  private void theSecondRestoreIsToALaterInstant() {
    List<OffsetRange> unknownAtFirst = passedOver(restored);
    assertThat(unknownAtFirst).hasSize(1);
    Broker.send(
        topic, 0, "a", "{\"subject\":\"a\",\"epoch\":" + Long.MAX_VALUE + ",\"sequence\":1}");
    try (Recovery recovery =
        Stopped.recovery(
            Stopped.database(service, topic, Stopped.copy(lost)),
            Stopped.reader("reader", restored))) {
      assertThat(recovery.recover().passedOver()).isEqualTo(1);
    }
    assertThat(passedOver(restored)).hasSize(1).doesNotContainAnyElementsOf(unknownAtFirst);
  }

  private void aPartitionWithoutRecordsTellsNothing() {
    Broker.deleteRecords(topic);
    assertThat(recover(restoredAgain).passedOver()).isZero();
    Stopped.execute(restoredAgain, "delete from outbox_epoch");
    assertThat(takenBack(restoredAgain)).as("no service ever started").isEmpty();
  }

  private List<OffsetRange> passedOver(String database) {
    try (ServiceDatabase opened = Stopped.database(service, topic, database)) {
      return opened.takenBack(topic);
    }
  }

  private Recovery.Summary recover(String database) {
    try (Recovery recovery = Stopped.recovery(Stopped.database(service, topic, database))) {
      return recovery.recover();
    }
  }

  private List<String> takenBack(String database) {
    List<String> ids = new ArrayList<>();
    try (Recovery recovery = Stopped.recovery(Stopped.database(service, topic, database))) {
      recovery.eachTakenBack(
          record -> ids.add(Counted.CODEC.decode(record.value()).orElseThrow().id()));
    }
    return ids;
  }

  /** Account a's events on the topic as {@code number@epoch/sequence}. */
  private List<String> published() {
    return Counted.published(topic, "a");
  }
}
