package io.tollgate.metering.topology;

import io.tollgate.model.event.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;

/** Wires the processor, its stores and its topics; everything has a name. */
final class MeteringTopology {

  static final String HOURLY_SINK = "hourly";
  static final String DAILY_SINK = "daily";
  static final String QUARANTINE_SINK = "quarantine";
  static final String CORRECTIONS_SINK = "corrections";

  private static final String USAGE_SOURCE = "usage";
  private static final String INSTANCE_SOURCE = "registrations";
  private static final String PROCESSOR = "usage-processor";

  private final UsageProcessor.Setup setup;
  private final boolean keepForEver;

  /**
   * @param keepForEver with a test clock nothing expires by the machine's time
   */
  MeteringTopology(UsageProcessor.Setup setup, boolean keepForEver) {
    this.setup = setup;
    this.keepForEver = keepForEver;
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
    topology.addGlobalStore(
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(MeterProcessor.STORE),
                Serdes.Bytes(),
                Serdes.ByteArray())
            .withLoggingDisabled(),
        "meters-source",
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        Topics.METERS,
        "meters-processor",
        () -> new MeterProcessor(setup.meters()));
    return topology;
  }

  private List<StoreBuilder<?>> stores() {
    return List.of(
        dedup(),
        persistent(TaskStores.SERIES).withCachingEnabled(),
        persistent(TaskStores.DIRTY),
        persistent(TaskStores.MEMBERS),
        persistent(TaskStores.SAMPLES),
        persistent(TaskStores.PENDING),
        persistent(TaskStores.INSTANCES),
        persistent(TaskStores.PROGRESS).withCachingEnabled());
  }

  private StoreBuilder<WindowStore<Bytes, byte[]>> dedup() {
    Duration horizon = setup.settings().acceptance().plus(setup.settings().future());
    Map<String, String> changelog = new HashMap<>();
    if (keepForEver) {
      changelog.put(TopicConfig.RETENTION_MS_CONFIG, "-1");
    }
    return Stores.windowStoreBuilder(
            Stores.persistentWindowStore(
                TaskStores.DEDUP, Dedup.retention(horizon), Dedup.segment(horizon), false),
            Serdes.Bytes(),
            Serdes.ByteArray())
        .withLoggingEnabled(changelog);
  }

  private static StoreBuilder<KeyValueStore<Bytes, byte[]>> persistent(String name) {
    return Stores.keyValueStoreBuilder(
        Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray());
  }
}
