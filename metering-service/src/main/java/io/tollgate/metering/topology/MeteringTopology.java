package io.tollgate.metering.topology;

import io.tollgate.model.Granularity;
import io.tollgate.model.event.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Wires the processor, its stores and its topics; everything has a name. */
final class MeteringTopology {

  static final String HOURLY_SINK = "hourly";
  static final String DAILY_SINK = "daily";
  static final String QUARANTINE_SINK = "quarantine";
  static final String CORRECTIONS_SINK = "corrections";

  private static final String USAGE_SOURCE = "usage";
  private static final String INSTANCE_SOURCE = "registrations";
  private static final String PROCESSOR = "usage-processor";

  /** How much longer its changelog has what the dedup memory holds: clocks differ. */
  private static final Duration CHANGELOG_MARGIN = Duration.ofDays(1);

  private final UsageProcessor.Setup setup;
  private final RocksMemory memory;
  private final boolean keepForEver;

  /**
   * @param memory of the stores
   * @param keepForEver with a test clock nothing expires by the machine's time
   */
  MeteringTopology(UsageProcessor.Setup setup, RocksMemory memory, boolean keepForEver) {
    this.setup = setup;
    this.memory = memory;
    this.keepForEver = keepForEver;
  }

  /** Where usage of a granularity goes. */
  static String sinkOf(Granularity granularity) {
    return switch (granularity) {
      case HOUR -> HOURLY_SINK;
      case DAY -> DAILY_SINK;
    };
  }

  Topology build() {
    Topology topology = new Topology();
    topology.addSource(
        USAGE_SOURCE,
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        Topics.USAGE_EVENTS);
    topology.addSource(
        INSTANCE_SOURCE,
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        Topics.ACCOUNT_INSTANCES);
    topology.addProcessor(
        PROCESSOR, () -> new UsageProcessor(setup), USAGE_SOURCE, INSTANCE_SOURCE);
    stores().forEach(store -> topology.addStateStore(store, PROCESSOR));
    Map.of(
            HOURLY_SINK, Topics.USAGE_HOURLY,
            DAILY_SINK, Topics.USAGE_DAILY,
            QUARANTINE_SINK, Topics.USAGE_QUARANTINE,
            CORRECTIONS_SINK, CorrectionOutcome.TOPIC)
        .forEach(
            (sink, topic) ->
                topology.addSink(
                    sink,
                    topic,
                    new ByteArraySerializer(),
                    Output.SERIALIZER,
                    Output.PARTITIONER,
                    PROCESSOR));
    addDirectory(topology, Topics.METERS, setup.meters()::take);
    addDirectory(topology, Topics.PRICES, setup.products()::take);
    return topology;
  }

  /** Every instance reads a small compacted topic as a whole, before its tasks begin. */
  private static void addDirectory(
      Topology topology, String topic, BiConsumer<String, byte[]> directory) {
    topology.addGlobalStore(
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(topic), Serdes.Bytes(), Serdes.ByteArray())
            .withLoggingDisabled(),
        topic + "-source",
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        topic,
        topic + "-processor",
        () -> new DirectoryProcessor(topic, directory));
  }

  private List<StoreBuilder<?>> stores() {
    return List.of(
        dedup(),
        new SeriesStore.Builder(TaskStores.SERIES, setup.settings().hotTotals(), Map.of()),
        persistent(TaskStores.DIRTY),
        persistent(TaskStores.MEMBERS),
        persistent(TaskStores.SAMPLES),
        persistent(TaskStores.PENDING),
        persistent(TaskStores.UNCOUNTED),
        persistent(TaskStores.INSTANCES),
        persistent(TaskStores.COUNTED_BY),
        persistent(TaskStores.CORRECTIONS),
        persistent(TaskStores.PROGRESS).withCachingEnabled());
  }

  /** Its changelog is not compacted: no key comes twice. */
  private StoreBuilder<IdentityStore> dedup() {
    Duration retention =
        Dedup.retention(setup.settings().acceptance().plus(setup.settings().future()));
    long changelogMillis = keepForEver ? -1 : retention.plus(CHANGELOG_MARGIN).toMillis();
    return new IdentityStore.Builder(
        TaskStores.DEDUP,
        retention.toMillis(),
        memory,
        Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG,
            TopicConfig.CLEANUP_POLICY_DELETE,
            TopicConfig.RETENTION_MS_CONFIG,
            Long.toString(changelogMillis)));
  }

  private static StoreBuilder<KeyValueStore<Bytes, byte[]>> persistent(String name) {
    return Stores.keyValueStoreBuilder(
        Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray());
  }
}
