package io.tollgate.metering.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.client.ServiceClient;
import io.tollgate.metering.MeteringApplication;
import io.tollgate.metering.topology.StreamsGroup;
import io.tollgate.model.AccountId;
import io.tollgate.model.InstanceId;
import io.tollgate.model.PlatformId;
import io.tollgate.model.ProductId;
import io.tollgate.model.event.EventEnvelope;
import io.tollgate.model.event.InstanceRecord;
import io.tollgate.model.event.Topics;
import io.tollgate.model.event.UsageRecord;
import io.tollgate.support.messaging.KafkaClients;
import io.tollgate.support.observability.Audit;
import io.tollgate.support.time.BusinessClock;
import io.tollgate.support.time.ClockService;
import io.tollgate.support.time.ClockStatus;
import io.tollgate.support.web.security.Scopes;
import io.tollgate.support.web.security.TokenMinter;
import io.tollgate.testing.StaticMembers;
import io.tollgate.testing.TestBroker;
import io.tollgate.testing.Wire;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

/** The metering service with a broker of its own and a driven clock. */
public final class RunningMetering implements AutoCloseable {

  /** Two, so that there is more than one task. */
  public static final int PARTITIONS = 2;

  private static final Duration VALIDITY = Duration.ofHours(1);

  private final Path directory;
  private final Map<String, String> settings;
  private final TestBroker kafka;
  private final TokenMinter tokens;
  private final KafkaProducer<String, byte[]> producer;
  private ConfigurableApplicationContext context;
  private int corrections;

  /** Starts broker and service. */
  public RunningMetering(Path directory, Instant start, Map<String, String> settings) {
    this(directory, start, settings, TestBroker.start(directory.resolve("kafka")));
  }

  /** Starts the service on a broker; it is reached as the settings say, by default openly. */
  public RunningMetering(
      Path directory, Instant start, Map<String, String> settings, TestBroker kafka) {
    this.directory = directory;
    this.settings =
        new java.util.TreeMap<>(
            Map.of(
                "tollgate.clock.mode",
                "test",
                "tollgate.clock.start",
                start.toString(),
                "tollgate.kafka.partitions",
                Integer.toString(PARTITIONS),
                "tollgate.metering.acceptance",
                "P35D",
                "tollgate.kafka.bootstrap-servers",
                kafka.bootstrapServers()));
    this.settings.putAll(settings);
    this.kafka = kafka;
    this.tokens = TokenMinter.of(directory.resolve("keys"), InstantSource.system());
    this.producer = Wire.producer(kafka.bootstrapServers());
    this.context = run();
  }

  private ConfigurableApplicationContext run() {
    List<String> arguments = new ArrayList<>();
    arguments.add("--spring.config.name=metering");
    arguments.add("--server.port=0");
    arguments.add("--management.server.port=0");
    arguments.add("--tollgate.data-dir=" + directory.resolve("data"));
    arguments.add("--tollgate.security.public-key=" + tokens.publicKeyPem());
    settings.forEach((name, value) -> arguments.add("--" + name + "=" + value));
    return new SpringApplicationBuilder(MeteringApplication.class)
        .registerShutdownHook(false)
        .run(arguments.toArray(String[]::new));
  }

  /** Stops the service and starts it on the same broker and directory. */
  public void restart() {
    context.close();
    context = run();
  }

  /** The same, with every local state store lost. */
  public void restartWithoutState() {
    context.close();
    try {
      FileSystemUtils.deleteRecursively(
          directory.resolve("data").resolve("metering-instance-0-state"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    context = run();
  }

  /** Its context, for what only its inside knows. */
  public ConfigurableApplicationContext context() {
    return context;
  }

  /** A bean. */
  public <B> B get(Class<B> type) {
    return context.getBean(type);
  }

  /** Where the clock stands. */
  public Instant now() {
    return get(BusinessClock.class).now();
  }

  /** The full hour after that. */
  public Instant nextHour() {
    return Instant.ofEpochSecond((now().getEpochSecond() / 3600 + 1) * 3600);
  }

  /** Where the service listens. */
  public String url() {
    return "http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port");
  }

  /** Whether it says that it is ready: 200. */
  public int readiness() {
    String port = context.getEnvironment().getRequiredProperty("local.management.port");
    return send(HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + port + "/actuator/health/readiness"))
            .build())
        .statusCode();
  }

  /** A platform's token. */
  public String platform() {
    return platform("compute");
  }

  /** The token of a platform of this name. */
  public String platform(String name) {
    return tokens.platform(name, VALIDITY);
  }

  /** An operator's token with every scope. */
  public String operator() {
    return tokens.operator("olga", Scopes.ALL, VALIDITY);
  }

  /** A customer's token. */
  public String customer(String account) {
    return tokens.customer("carla", AccountId.of(account), VALIDITY);
  }

  /** Posts a body. */
  public HttpResponse<String> post(String path, String token, String type, String body) {
    return send(posting(path, token, type, body));
  }

  /** A request that posts a body. */
  HttpRequest posting(String path, String token, String type, String body) {
    return request(path, token)
        .header("Content-Type", type)
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  /** Gets a resource. */
  public HttpResponse<String> get(String path, String token) {
    return send(request(path, token).GET().build());
  }

  private HttpRequest.Builder request(String path, String token) {
    return HttpRequest.newBuilder(URI.create(url() + path))
        .timeout(Duration.ofSeconds(60))
        .header("Authorization", "Bearer " + token);
  }

  /** Sends any request. */
  public HttpResponse<String> send(HttpRequest request) {
    return ServiceClient.exchange(request, HttpResponse.BodyHandlers.ofString());
  }

  /** How many corrections were asked for. */
  public int corrections() {
    return corrections;
  }

  /** Asks for a correction. */
  public HttpResponse<String> correct(String key, String body) {
    corrections++;
    return send(
        request("/v1/corrections", operator())
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  /** Defines a meter; fails unless it is made or there. */
  public void meter(String json) {
    HttpResponse<String> answer = post("/v1/meters", operator(), "application/json", json);
    if (answer.statusCode() / 100 != 2) {
      throw new AssertionError(answer.body());
    }
  }

  /** Posts events as one batch; fails unless they are taken. */
  public void events(String... events) {
    HttpResponse<String> answer =
        post(
            "/api/v1/events",
            platform(),
            "application/cloudevents-batch+json",
            "[" + String.join(",", events) + "]");
    if (answer.statusCode() / 100 != 2) {
      throw new AssertionError(answer.body());
    }
  }

  /** An event's text. */
  public static String event(String instance, String id, String type, Instant time, String data) {
    return """
    {"specversion":"1.0","id":"%s","source":"test","type":"%s","subject":"%s","time":"%s","data":%s}\
    """
        .formatted(id, type, instance, time, data);
  }

  /** Says who pays for an instance, as the account service does. */
  public void register(String instance, String account, Instant at) {
    register(instance, account, at, Optional.empty());
  }

  /** Says who pays for an instance, and that it has ended. */
  public void register(String instance, String account, Instant at, Optional<Instant> end) {
    InstanceRecord record =
        new InstanceRecord(
            InstanceId.of(instance),
            AccountId.of(account),
            ProductId.of("compute"),
            PlatformId.of("compute"),
            "small",
            InstanceRecord.BillingMode.PAY_AS_YOU_GO,
            at,
            end,
            List.of());
    publish(
        Topics.ACCOUNT_INSTANCES,
        instance,
        InstanceRecord.CODEC.encode(
            new EventEnvelope<>(
                instance,
                "test",
                "tollgate.instance.v1",
                instance,
                at,
                1,
                1,
                Optional.empty(),
                record)));
  }

  /** Appends a record. */
  public void publish(String topic, String key, byte[] value) {
    publish(new ProducerRecord<>(topic, key, value));
  }

  /** Appends any record. */
  public void publish(ProducerRecord<String, byte[]> record) {
    Wire.append(producer, record);
  }

  /** Steps the clock in blocks of a day and waits until the service is at rest. */
  public void stepTo(Instant to) {
    ClockService clock = get(ClockService.class);
    Instant next = clock.status().now();
    while (next.isBefore(to)) {
      next = next.plus(Duration.ofDays(1));
      if (next.isAfter(to)) {
        next = to;
      }
      clock.step(next);
      settle();
    }
  }

  /** Waits until the service is at rest. */
  public void settle() {
    ClockService clock = get(ClockService.class);
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(50))
        .until(clock::status, ClockStatus::settled);
  }

  /** Waits until what the tasks hold can be asked for: for a moment after a start it is not. */
  public void awaitReadable() {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> get("/v1/accounts/nobody/usage", operator()).statusCode() == 200);
    settle();
  }

  /** Every committed record of a topic, partition by partition. */
  public List<ConsumerRecord<String, byte[]>> read(String topic) {
    return Wire.recordsAt(kafka.bootstrapServers(), topic);
  }

  /** What a store is rebuilt from: all that was written to it about keys that hold a text. */
  public List<ConsumerRecord<byte[], byte[]>> changelog(String store, String text) {
    return Wire.recordsAt(kafka.bootstrapServers(), changelogOf(store), new ByteArrayDeserializer())
        .stream()
        .filter(record -> new String(record.key(), UTF_8).contains(text))
        .toList();
  }

  /**
   * Writes to a changelog again what was written before: the store holds that when it is rebuilt.
   */
  public void appendToChangelog(ConsumerRecord<byte[], byte[]> earlier) {
    try (var binary = Wire.producer(kafka.bootstrapServers(), new ByteArraySerializer())) {
      Wire.append(
          binary,
          new ProducerRecord<>(
              earlier.topic(), earlier.partition(), earlier.key(), earlier.value()));
    }
  }

  private static String changelogOf(String store) {
    return StreamsGroup.of("g1") + "-" + store + "-changelog";
  }

  /** What metering said on a topic, with the partition it said it on. */
  public List<Said> said(String topic) {
    return read(topic).stream()
        .map(
            record ->
                new Said(
                    record.partition(),
                    UsageRecord.CODEC.decode(record.value()).orElseThrow().data()))
        .toList();
  }

  /**
   * A word of metering.
   *
   * @param partition the output partition
   */
  public record Said(int partition, UsageRecord record) {}

  /** A header's text. */
  public static String header(ConsumerRecord<?, ?> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }

  /** Stops the service; its broker goes on. */
  public void stop() {
    context.close();
    producer.close();
  }

  /**
   * Gives up the places that its stopped streams keep in their group: they are not coming back
   * soon, and others need not wait until their session has timed out.
   */
  public void leaveGroup() {
    StaticMembers.of(get(KafkaClients.class)).leave();
  }

  @Override
  public void close() {
    stop();
    kafka.close();
  }

  /** Every event is accounted for. */
  public void assertGreen() {
    Audit.Report report = get(Audit.class).run();
    assertThat(report.green()).as(report.toString()).isTrue();
  }
}
