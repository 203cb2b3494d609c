package io.tollgate.metering.topology;

import io.tollgate.metering.meter.MeterCatalogue;
import io.tollgate.metering.meter.MeterDirectory;
import io.tollgate.model.event.MeterDefinition;
import io.tollgate.model.event.WireMapper;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/**
 * By which versions of meters a task counted an event, so that a correction takes away from those
 * and from no other.
 *
 * <p>Versions never change, and one that is withdrawn has not counted anything. So a task numbers
 * the stages of its knowledge, and keeps for each the versions that were new and the first position
 * counted with them. The stage of an event follows from its position; exceptions are kept one by
 * one, as long as the event can be corrected: an instance whose events waited for it, and an
 * amended event that counts by the meters of the original.
 *
 * <p>What changes while a record of the log is processed is noticed with the next one. All of it,
 * the versions too, lies in the store {@code counted-by}, and so commits with the totals and is
 * restored with them: a task that moves to an instance which has not read all meters yet counts on
 * by those it knew.
 */
final class KnownMeters {

  private static final TypeReference<List<MeterDefinition>> DEFINITIONS = new TypeReference<>() {};
  private static final int REMEMBERED = 16;

  private final ReadOnlyKeyValueStore<Bytes, byte[]> store;
  private final BiConsumer<Bytes, byte[]> writer;
  private final List<Stage> stages = new ArrayList<>();
  private final Map<String, MeterDefinition> known = new TreeMap<>();
  private final Map<Integer, MeterCatalogue> catalogues =
      new LinkedHashMap<>(REMEMBERED, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, MeterCatalogue> eldest) {
          return size() > REMEMBERED;
        }
      };
  private MeterCatalogue now = MeterCatalogue.EMPTY;
  private @Nullable MeterCatalogue seen;

  /**
   * A stage of knowledge.
   *
   * @param from first position counted with it
   * @param versions what was new
   */
  private record Stage(long from, List<MeterDefinition> versions) {

    byte[] bytes() {
      byte[] json = WireMapper.mapper().writeValueAsBytes(versions);
      return ByteBuffer.allocate(8 + json.length).putLong(from).put(json).array();
    }

    static Stage of(byte[] bytes) {
      return new Stage(
          ByteBuffer.wrap(bytes).getLong(),
          WireMapper.mapper().readValue(bytes, 8, bytes.length - 8, DEFINITIONS));
    }
  }

  private KnownMeters(
      ReadOnlyKeyValueStore<Bytes, byte[]> store, BiConsumer<Bytes, byte[]> writer) {
    this.store = store;
    this.writer = writer;
    StoreKeys.Range range = StoreKeys.stages();
    try (KeyValueIterator<Bytes, byte[]> stored = store.range(range.from(), range.to())) {
      while (stored.hasNext()) {
        KeyValue<Bytes, byte[]> next = stored.next();
        take(Stage.of(next.value));
      }
    }
    now = new MeterCatalogue(known.values());
  }

  /** What a task knows. */
  static KnownMeters of(KeyValueStore<Bytes, byte[]> store) {
    return new KnownMeters(store, store::put);
  }

  /** What a task knows, for another thread to look at. */
  static KnownMeters reading(ReadOnlyKeyValueStore<Bytes, byte[]> store) {
    return new KnownMeters(
        store,
        (key, value) -> {
          throw new UnsupportedOperationException("only its task writes");
        });
  }

  /**
   * Takes notice of versions that have become known; once before each record.
   *
   * @param position no event from there on has been counted
   */
  void notice(MeterDirectory directory, long position) {
    MeterCatalogue read = directory.catalogue();
    if (read == seen) {
      return;
    }
    List<MeterDefinition> fresh =
        read.history().stream()
            .filter(definition -> !definition.equals(known.get(definition.key())))
            .toList();
    if (!fresh.isEmpty()) {
      Stage stage = new Stage(position, fresh);
      writer.accept(StoreKeys.stage(stages.size()), stage.bytes());
      take(stage);
      now = new MeterCatalogue(known.values());
    }
    seen = read;
  }

  private void take(Stage stage) {
    stages.add(stage);
    stage.versions().forEach(definition -> known.put(definition.key(), definition));
    if (stage.versions().stream().anyMatch(version -> version.withdrawal().isPresent())) {
      catalogues.clear();
    }
  }

  /** The meters that count now. */
  MeterCatalogue now() {
    return now;
  }

  /** The stage at which events are counted now. */
  int stage() {
    return stages.size() - 1;
  }

  /** Keeps that events that waited for an instance are counted at this stage. */
  void countsWhatWaited(String instance, Instant tick) {
    put(StoreKeys.waited(instance), stage(), tick);
  }

  /** Keeps that an amended event counts by the meters of an earlier stage. */
  void countsAmended(long position, int stage, Instant tick) {
    put(StoreKeys.amended(position), stage, tick);
  }

  private void put(Bytes key, int stage, Instant tick) {
    writer.accept(key, DatedValues.value(tick, ByteBuffer.allocate(4).putInt(stage).array()));
  }

  /** Drops the exceptions of events that cannot be corrected any more. */
  static void expire(KeyValueStore<Bytes, byte[]> store, Instant before) {
    DatedValues.expire(store, StoreKeys::isException, before);
  }

  /** The stage at which an event was counted. */
  int stageOf(String instance, long position) {
    byte[] amended = store.get(StoreKeys.amended(position));
    if (amended != null) {
      return number(amended);
    }
    int stage = 0;
    while (stage + 1 < stages.size() && stages.get(stage + 1).from() <= position) {
      stage++;
    }
    byte[] waited = store.get(StoreKeys.waited(instance));
    return waited == null ? stage : Math.max(stage, number(waited));
  }

  private static int number(byte[] exception) {
    return ByteBuffer.wrap(DatedValues.content(exception)).getInt();
  }

  /** The meters of a stage. */
  MeterCatalogue at(int stage) {
    return stage >= stage() ? now : catalogues.computeIfAbsent(stage, this::catalogue);
  }

  private MeterCatalogue catalogue(int stage) {
    Map<String, MeterDefinition> then = new TreeMap<>();
    stages.subList(0, stage + 1).stream()
        .flatMap(each -> each.versions().stream())
        .forEach(version -> then.put(version.key(), known.getOrDefault(version.key(), version)));
    return new MeterCatalogue(then.values());
  }
}
