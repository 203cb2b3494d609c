package io.tollgate.metering.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.metering.MeteringSettings;
import io.tollgate.metering.log.EventPack;
import io.tollgate.metering.log.Position;
import io.tollgate.metering.log.RecordKind;
import io.tollgate.metering.meter.MeterDirectory;
import io.tollgate.metering.meter.PricedProducts;
import io.tollgate.model.AccountId;
import io.tollgate.model.BillingCalendar;
import io.tollgate.model.BillingCycle;
import io.tollgate.model.InstanceId;
import io.tollgate.model.MeterKey;
import io.tollgate.model.PlatformId;
import io.tollgate.model.ProductId;
import io.tollgate.model.event.Aggregation;
import io.tollgate.model.event.EventEnvelope;
import io.tollgate.model.event.InstanceRecord;
import io.tollgate.model.event.InstanceRecord.Suspension;
import io.tollgate.model.event.MeterDefinition;
import io.tollgate.model.event.MeterDefinition.Emission;
import io.tollgate.model.event.PricedProduct;
import io.tollgate.model.event.Topics;
import io.tollgate.model.event.UsageRecord;
import io.tollgate.model.event.UsageRevision;
import io.tollgate.model.event.WindowsClosed;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/**
 * The topology of one task without a broker: what goes into its topics, and what comes out.
 *
 * <p>Acceptance is 7 days, future 5 minutes, grace 2 minutes. Instances belong to the account
 * {@value #ACCOUNT} and the product {@value #PRODUCT}; events are posted by {@value #PLATFORM}.
 */
final class MeteringDriver implements AutoCloseable {

  static final String ACCOUNT = "acc";
  static final String PRODUCT = "vm";
  static final String PLATFORM = "compute";

  private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");

  private final RocksMemory memory = new RocksMemory(16L << 20);
  private final TaskState state = new TaskState(new CountingMeters(new SimpleMeterRegistry()));
  private final UsageProcessor.Setup setup;
  private final Properties properties = new Properties();
  private final TopologyTestDriver driver;
  private final TestInputTopic<byte[], byte[]> events;
  private final TestInputTopic<byte[], byte[]> instances;
  private final TestInputTopic<byte[], byte[]> meters;
  private final TestInputTopic<byte[], byte[]> prices;
  private final TestOutputTopic<byte[], byte[]> hourly;
  private final TestOutputTopic<byte[], byte[]> daily;
  private final TestOutputTopic<byte[], byte[]> quarantine;
  private final TestOutputTopic<byte[], byte[]> corrections;
  private long offset;

  MeteringDriver(Path directory) {
    this(directory, Map.of());
  }

  /**
   * @param settings of {@code tollgate.metering}, without the prefix
   */
  MeteringDriver(Path directory, Map<String, String> settings) {
    setup =
        new UsageProcessor.Setup(
            settings(settings),
            BillingCalendar.SHANGHAI,
            new MeterDirectory(),
            new PricedProducts(),
            state,
            "tollgate/metering",
            1,
            new AtomicLong(),
            tick -> true);
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "metering-test");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
    properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, RocksMemory.Setter.class);
    properties.put(RocksMemory.CONFIG, memory);
    driver = new TopologyTestDriver(new MeteringTopology(setup, memory, true).build(), properties);
    events = input(Topics.USAGE_EVENTS);
    instances = input(Topics.ACCOUNT_INSTANCES);
    meters = input(Topics.METERS);
    prices = input(Topics.PRICES);
    hourly = output(Topics.USAGE_HOURLY);
    daily = output(Topics.USAGE_DAILY);
    quarantine = output(Topics.USAGE_QUARANTINE);
    corrections = output(CorrectionOutcome.TOPIC);
  }

  private static MeteringSettings settings(Map<String, String> settings) {
    Map<String, String> prefixed = new HashMap<>();
    settings.forEach((name, value) -> prefixed.put("tollgate.metering." + name, value));
    return new Binder(new MapConfigurationPropertySource(prefixed))
        .bindOrCreate("tollgate.metering", MeteringSettings.class);
  }

  private TestInputTopic<byte[], byte[]> input(String topic) {
    return driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private TestOutputTopic<byte[], byte[]> output(String topic) {
    return driver.createOutputTopic(
        topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Defines the first version of a meter of an event type, by hour and by day. */
  void meter(String meter, String type, Aggregation aggregation) {
    meter(meter, 1, type, aggregation, LONG_AGO);
  }

  /** Defines a version of a meter whose value lies in {@code v}, by hour and by day. */
  void meter(String meter, int version, String type, Aggregation aggregation, Instant from) {
    meter(meter, version, type, aggregation, from, Emission.HOURLY, Emission.DAILY);
  }

  /** Defines a version of a meter whose value lies in {@code v}. */
  void meter(
      String meter,
      int version,
      String type,
      Aggregation aggregation,
      Instant from,
      Emission... emits) {
    publish(definition(meter, version, type, aggregation, from, emits));
  }

  /** Takes back a version of a meter that was defined so. */
  void withdrawMeter(
      String meter, int version, String type, Aggregation aggregation, Instant from) {
    publish(
        definition(meter, version, type, aggregation, from, Emission.HOURLY, Emission.DAILY)
            .withdrawn(
                new MeterDefinition.Withdrawal(from.minusSeconds(3600), "olga", "mistyped")));
  }

  private static MeterDefinition definition(
      String meter,
      int version,
      String type,
      Aggregation aggregation,
      Instant from,
      Emission... emits) {
    return new MeterDefinition(
        MeterKey.of(meter),
        version,
        type,
        aggregation,
        aggregation == Aggregation.COUNT ? Optional.empty() : Optional.of("/v"),
        new TreeMap<>(),
        "1",
        Set.of(emits),
        from);
  }

  private void publish(MeterDefinition definition) {
    meters.pipeInput(
        definition.key().getBytes(UTF_8),
        MeterDefinition.CODEC.encode(enveloped("tollgate.meter.v1", definition)));
  }

  /** Defines the first version of a meter that counts events of a type, with a text changed. */
  void damagedMeter(String meter, String type, String text, String instead) {
    MeterDefinition definition =
        definition(meter, 1, type, Aggregation.SUM, LONG_AGO, Emission.HOURLY);
    String record =
        new String(MeterDefinition.CODEC.encode(enveloped("tollgate.meter.v1", definition)), UTF_8);
    meters.pipeInput(
        definition.key().getBytes(UTF_8), record.replace(text, instead).getBytes(UTF_8));
  }

  /** Says that suspended instances of the product go on paying. */
  void retainedStorageIsCharged() {
    product(BillingCycle.DAY, true);
  }

  /** Publishes the product of all instances. */
  void product(BillingCycle cycle, boolean retainedStorageCharged) {
    PricedProduct product =
        new PricedProduct(
            ProductId.of(PRODUCT),
            cycle,
            retainedStorageCharged,
            List.of(new PricedProduct.Version(1, LONG_AGO, List.of())));
    prices.pipeInput(
        PRODUCT.getBytes(UTF_8),
        PricedProduct.CODEC.encode(enveloped("tollgate.prices.v1", product)));
  }

  /** Registers an instance, or says when it was suspended. */
  void register(String instance, Suspension... suspensions) {
    register(instance, Optional.empty(), suspensions);
  }

  /** Says that an instance ended. */
  void end(String instance, Instant at) {
    register(instance, Optional.of(at));
  }

  private void register(String instance, Optional<Instant> end, Suspension... suspensions) {
    InstanceRecord record =
        new InstanceRecord(
            InstanceId.of(instance),
            AccountId.of(ACCOUNT),
            ProductId.of(PRODUCT),
            PlatformId.of(PLATFORM),
            "small",
            InstanceRecord.BillingMode.PAY_AS_YOU_GO,
            LONG_AGO,
            end,
            List.of(suspensions));
    instances.pipeInput(
        instance.getBytes(UTF_8),
        InstanceRecord.CODEC.encode(enveloped("tollgate.instance.v1", record)));
  }

  private static <T> EventEnvelope<T> enveloped(String type, T data) {
    return new EventEnvelope<>(
        "id", "test", type, "subject", LONG_AGO, 1, 1, Optional.empty(), data);
  }

  /** A tick of business time. */
  void tick(Instant at) {
    append(RecordKind.TICK, at.toString().getBytes(UTF_8), new RecordHeaders());
  }

  /** An event's text; it is posted with {@link #post}. */
  static String event(String instance, String id, String type, Instant time, String value) {
    return """
    {"specversion":"1.0","id":"%s","source":"test","type":"%s","subject":"%s","time":"%s","data":{"v":%s}}\
    """
        .formatted(id, type, instance, time, value);
  }

  /**
   * Posts events in one record of the log.
   *
   * @return the position of the first
   */
  long post(String... texts) {
    return postAs(PLATFORM, texts);
  }

  /** Posts events as a platform of this name. */
  long postAs(String platform, String... texts) {
    Headers headers = new RecordHeaders();
    headers.add(EventPack.PLATFORM, platform.getBytes(UTF_8));
    if (texts.length == 1) {
      return append(RecordKind.EVENT, texts[0].getBytes(UTF_8), headers);
    }
    ByteBuffer lengths = ByteBuffer.allocate(4 * texts.length);
    Arrays.stream(texts).forEach(text -> lengths.putInt(text.getBytes(UTF_8).length));
    headers.add(EventPack.LENGTHS, lengths.array());
    return append(
        RecordKind.EVENTS, ("[" + String.join(",", texts) + "]").getBytes(UTF_8), headers);
  }

  /** Takes an event back; says what came of it. */
  String voidEvent(String correction, long position, String text) {
    Headers headers = correction(correction);
    Correction.writePosition(headers, position);
    append(RecordKind.VOID, text.getBytes(UTF_8), headers);
    return outcome();
  }

  /** Replaces an event; says what came of it. */
  String amend(String correction, long position, String before, String after) {
    Headers headers = correction(correction);
    Correction.writePosition(headers, position);
    headers.add(Correction.ORIGINAL, before.getBytes(UTF_8));
    append(RecordKind.AMEND, after.getBytes(UTF_8), headers);
    return outcome();
  }

  /** Adds usage; says what came of it. */
  String add(String correction, Addition addition) {
    append(RecordKind.ADD, addition.bytes(), correction(correction));
    return outcome();
  }

  /** Claims a correction's id for a request; says what came of it. */
  String claim(String correction, String request) {
    append(RecordKind.CLAIM, new byte[0], correction(correction, request));
    return outcome();
  }

  private static Headers correction(String id) {
    return correction(id, "request-of-" + id);
  }

  private static Headers correction(String id, String request) {
    Headers headers = new RecordHeaders();
    new Correction(id, request, "olga", "a reason").write(headers);
    headers.add(EventPack.PLATFORM, PLATFORM.getBytes(UTF_8));
    return headers;
  }

  private String outcome() {
    return CorrectionOutcome.of(corrections.readValue()).outcome();
  }

  /** Appends a record of the log; says where its first event lies. */
  long append(RecordKind kind, byte[] value, Headers headers) {
    headers.add(RecordKind.HEADER, kind.headerValue());
    events.pipeInput(new TestRecord<>(new byte[0], value, headers));
    return Position.of(offset++, 0);
  }

  /** What was said on {@code usage.hourly} since it was asked last. */
  List<UsageRecord> hourly() {
    return said(hourly);
  }

  /** What was said on {@code usage.daily} since it was asked last. */
  List<UsageRecord> daily() {
    return said(daily);
  }

  private static List<UsageRecord> said(TestOutputTopic<byte[], byte[]> topic) {
    List<UsageRecord> said = new ArrayList<>();
    topic
        .readValuesToList()
        .forEach(value -> said.add(UsageRecord.CODEC.decode(value).orElseThrow().data()));
    return said;
  }

  /** Revisions as {@code instance meter quantity/events #revision}, and markers in their order. */
  static List<String> texts(List<UsageRecord> said) {
    return said.stream().map(MeteringDriver::text).toList();
  }

  private static String text(UsageRecord said) {
    return switch (said) {
      case UsageRevision revision ->
          "%s %s%s %s/%d #%d"
              .formatted(
                  revision.instance(),
                  revision.meter(),
                  revision.dimensions().isEmpty() ? "" : revision.dimensions(),
                  revision.quantity().toPlainString(),
                  revision.eventCount(),
                  revision.revision());
      case WindowsClosed closed ->
          "closed to %s: %d records, %d events, marker %d"
              .formatted(closed.closedUpTo(), closed.records(), closed.events(), closed.sequence());
    };
  }

  /** What came into quarantine since it was asked last, as {@code id of the event: reason}. */
  List<String> quarantined() {
    return quarantine.readRecordsToList().stream()
        .map(
            record ->
                new String(record.getValue(), UTF_8).replaceAll(".*\"id\":\"([^\"]*)\".*", "$1")
                    + ": "
                    + new String(record.headers().lastHeader("tollgate-reason").value(), UTF_8))
        .toList();
  }

  /** What became of events, by counter. */
  Map<String, Long> counters() {
    return task().counters();
  }

  /** The task as others see it. */
  TaskState.Snapshot task() {
    return Objects.requireNonNull(state.snapshots().get(0), "the task runs");
  }

  /** Lets the machine's time pass. */
  void passWallClock(Duration time) {
    driver.advanceWallClockTime(time);
  }

  /** The driver itself, for its stores. */
  TopologyTestDriver driver() {
    return driver;
  }

  @Override
  public void close() {
    driver.close();
    memory.close();
  }
}
