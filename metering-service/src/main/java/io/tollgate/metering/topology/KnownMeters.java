package io.tollgate.metering.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.metering.meter.MeterCatalogue;
import io.tollgate.metering.meter.MeterDirectory;
import io.tollgate.model.event.MeterDefinition;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * By which versions of meters a task counted an event, so that a correction takes away from those
 * and from no other.
 *
 * <p>Versions never change and only become more. So a task numbers the stages of its knowledge, and
 * keeps for each the versions that were new and the first position counted with them. The stage of
 * an event follows from its position; exceptions are kept one by one: an instance whose events
 * waited for it, and an amended event that counts by the meters of the original.
 *
 * <p>What changes while a record of the log is processed is noticed with the next one. All of it
 * lies in the store of progress, and so commits with the totals and is restored with them.
 */
final class KnownMeters {

  private static final byte STAGE = 'm';
  private static final byte WAITED = 'w';
  private static final byte AMENDED = 'a';
  private static final String SEPARATOR = "\n";
  private static final int REMEMBERED = 16;

  private final MeterDirectory directory;
  private final ReadOnlyKeyValueStore<Bytes, byte[]> store;
  private final BiConsumer<Bytes, byte[]> writer;
  private final List<Stage> stages = new ArrayList<>();
  private final Set<String> known = new HashSet<>();
  private final Map<Integer, MeterCatalogue> catalogues =
      new LinkedHashMap<>(REMEMBERED, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, MeterCatalogue> eldest) {
          return size() > REMEMBERED;
        }
      };
  private @Nullable MeterCatalogue seen;

  /**
   * A stage of knowledge.
   *
   * @param from first position counted with it
   * @param versions what was new, by key
   */
  private record Stage(long from, Set<String> versions) {}

  private KnownMeters(
      MeterDirectory directory,
      ReadOnlyKeyValueStore<Bytes, byte[]> store,
      BiConsumer<Bytes, byte[]> writer) {
    this.directory = directory;
    this.store = store;
    this.writer = writer;
    try (KeyValueIterator<Bytes, byte[]> stored =
        store.range(number(STAGE, 0), number(STAGE, Integer.MAX_VALUE))) {
      while (stored.hasNext()) {
        KeyValue<Bytes, byte[]> next = stored.next();
        take(stage(next.value));
      }
    }
  }

  /**
   * What a task knows.
   *
   * @param store of its progress
   */
  static KnownMeters of(MeterDirectory directory, KeyValueStore<Bytes, byte[]> store) {
    return new KnownMeters(directory, store, store::put);
  }

  /** What a task knows, for another thread to look at. */
  static KnownMeters reading(MeterDirectory directory, ReadOnlyKeyValueStore<Bytes, byte[]> store) {
    KnownMeters meters =
        new KnownMeters(
            directory,
            store,
            (key, value) -> {
              throw new UnsupportedOperationException("only its task writes");
            });
    meters.seen = directory.catalogue();
    return meters;
  }

  /**
   * Takes notice of versions that have become known; once before each record.
   *
   * @param position no event from there on has been counted
   */
  void notice(long position) {
    MeterCatalogue now = directory.catalogue();
    if (now == seen) {
      return;
    }
    Set<String> fresh = new TreeSet<>();
    for (MeterDefinition definition : now.all()) {
      if (!known.contains(definition.key())) {
        fresh.add(definition.key());
      }
    }
    if (!fresh.isEmpty()) {
      Stage stage = new Stage(position, fresh);
      writer.accept(number(STAGE, stages.size()), bytes(stage));
      take(stage);
    }
    seen = now;
  }

  private void take(Stage stage) {
    stages.add(stage);
    known.addAll(stage.versions());
  }

  /** The meters that count now. */
  MeterCatalogue now() {
    return seen == null ? MeterCatalogue.EMPTY : seen;
  }

  /** The stage at which events are counted now. */
  int stage() {
    return stages.size() - 1;
  }

  /** Keeps that events that waited for an instance are counted at this stage. */
  void countsWhatWaited(String instance) {
    writer.accept(text(WAITED, instance), ByteBuffer.allocate(4).putInt(stage()).array());
  }

  /** Keeps that an amended event counts by the meters of an earlier stage. */
  void countsAmended(long position, int stage) {
    writer.accept(position(position), ByteBuffer.allocate(4).putInt(stage).array());
  }

  /** The stage at which an event was counted. */
  int stageOf(String instance, long position) {
    byte[] amended = store.get(position(position));
    if (amended != null) {
      return ByteBuffer.wrap(amended).getInt();
    }
    int stage = 0;
    while (stage + 1 < stages.size() && stages.get(stage + 1).from() <= position) {
      stage++;
    }
    byte[] waited = store.get(text(WAITED, instance));
    return waited == null ? stage : Math.max(stage, ByteBuffer.wrap(waited).getInt());
  }

  /** The meters of a stage. */
  MeterCatalogue at(int stage) {
    return stage >= stage() ? now() : catalogues.computeIfAbsent(stage, this::catalogue);
  }

  private MeterCatalogue catalogue(int stage) {
    Set<String> versions = new HashSet<>();
    stages.subList(0, stage + 1).forEach(each -> versions.addAll(each.versions()));
    return new MeterCatalogue(
        now().all().stream().filter(definition -> versions.contains(definition.key())).toList());
  }

  private static byte[] bytes(Stage stage) {
    byte[] versions = String.join(SEPARATOR, stage.versions()).getBytes(UTF_8);
    return ByteBuffer.allocate(8 + versions.length).putLong(stage.from()).put(versions).array();
  }

  private static Stage stage(byte[] bytes) {
    String versions = new String(bytes, 8, bytes.length - 8, UTF_8);
    return new Stage(
        ByteBuffer.wrap(bytes).getLong(), new TreeSet<>(List.of(versions.split(SEPARATOR))));
  }

  private static Bytes number(byte kind, int number) {
    return Bytes.wrap(ByteBuffer.allocate(5).put(kind).putInt(number).array());
  }

  private static Bytes position(long position) {
    return Bytes.wrap(ByteBuffer.allocate(9).put(AMENDED).putLong(position).array());
  }

  private static Bytes text(byte kind, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return Bytes.wrap(ByteBuffer.allocate(1 + bytes.length).put(kind).put(bytes).array());
  }
}
