package io.tollgate.metering.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.metering.aggregation.SeriesKey;
import io.tollgate.metering.aggregation.SeriesState;
import io.tollgate.metering.meter.MeterDirectory;
import io.tollgate.model.AccountId;
import io.tollgate.model.Granularity;
import io.tollgate.model.event.Aggregation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.junit.jupiter.api.Test;

/** What our stores rely on of Kafka Streams beyond its public contract. */
class StreamsInternalsTest extends OneTask {

  private SeriesStore series() {
    return (SeriesStore) task.driver().getStateStore(TaskStores.SERIES);
  }

  private List<KeyValue<byte[], byte[]>> changelog(String store) {
    return task.driver()
        .createOutputTopic(
            "metering-test-" + store + "-changelog",
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())
        .readKeyValuesToList();
  }

  /** CachedStateStore: without the call a commit would lack the totals that changed. */
  @Test
  void aCommitFlushesTheTotalsThatAreKeptDecoded() {
    task.post(used("1", "2"), used("2", "2"));
    List<BigDecimal> written = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> stored = series().logged.all()) {
      stored.forEachRemaining(entry -> written.add(SeriesState.of(entry.value).quantity()));
    }
    assertThat(written).hasSize(2).allSatisfy(sum -> assertThat(sum).isEqualByComparingTo("4"));
    assertThat(changelog(TaskStores.SERIES)).hasSize(2);
  }

  /** What clearCache forgets was not committed: a recycled or aborted task must not see it. */
  @Test
  void whatWasNotFlushedIsForgottenWithTheCache() {
    SeriesStore store = series();
    Bytes key =
        Bytes.wrap(
            SeriesKey.withWindow(
                SeriesKey.prefix("acc", "b", "vm", "units", new TreeMap<>()),
                Granularity.HOUR,
                START));
    store.put(key, SeriesState.empty(Aggregation.SUM, START));
    assertThat(store.get(key)).isNotNull();
    store.clearCache();
    assertThat(store.get(key)).isNull();
  }

  /** A store of any type is found by its interface, so that queries see what is not written. */
  @Test
  void theTotalsOfAnAccountAreSeenThroughTheStoreItself() {
    task.post(used("1", "2"));
    List<String> seen = new ArrayList<>();
    series()
        .each(
            Bytes.wrap(SeriesKey.accountPrefix(AccountId.of("acc"))),
            (key, state) -> seen.add(key.granularity() + " " + state.quantity()));
    assertThat(seen).containsExactlyInAnyOrder("HOUR 2", "DAY 2");
  }

  /** A changelogging store passes on what is put, though the store below keeps it otherwise. */
  @Test
  void theIdentitiesOfARecordOfTheLogAreOneRecordOfTheChangelog() {
    task.post(used("1", "2"), used("2", "2"), used("3", "2"));
    List<KeyValue<byte[], byte[]>> packs = changelog(TaskStores.DEDUP);
    assertThat(packs).hasSize(1);
    assertThat(packs.getFirst().value).hasSize(3 * Remembered.PACKED);
    task.post(used("4", "2"));
    task.post(used("4", "2"));
    assertThat(changelog(TaskStores.DEDUP)).hasSize(1);
  }

  /**
   * A task that moves to an instance whose directory lacks a meter counts by what it knew: the
   * versions are in its store.
   */
  @Test
  void aTaskKnowsTheMetersOfItsStoreBeforeTheDirectoryDoes() {
    task.post(used("1", "2"));
    KnownMeters moved = KnownMeters.of(task.driver().getKeyValueStore(TaskStores.COUNTED_BY));
    moved.notice(new MeterDirectory(), 1L << 20);
    assertThat(moved.now().plan("used")).isPresent();
    assertThat(moved.stage()).isZero();
  }
}
