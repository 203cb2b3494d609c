package io.tollgate.metering.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.metering.event.UsageEvent;
import io.tollgate.model.event.Topics;
import io.tollgate.support.coalesce.Coalescer;
import io.tollgate.support.messaging.ClientMeters;
import io.tollgate.support.messaging.KafkaClients;
import io.tollgate.support.messaging.KeyPartitions;
import io.tollgate.support.tracing.Traces;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** Appends records to {@code usage.events}; what returned is on all replicas. */
@Component
public final class EventProducer implements DisposableBean {

  private static final Logger log = LoggerFactory.getLogger(EventProducer.class);
  private static final long TIMEOUT_SECONDS = 15;

  /** Requests whose events are sent together. */
  private static final int MOST_TOGETHER = 1_000;

  /**
   * For so long those sent together hold up the next: a broker that is well has them by then, and a
   * partition that is not must not hold up the others for long.
   */
  private static final Duration HELD_UP = Duration.ofMillis(20);

  private final KafkaProducer<byte[], byte[]> producer;
  private final ClientMeters meters;
  private final KeyPartitions partitions;
  private final Traces traces;
  private final Coalescer<Posted, Sent> together =
      new Coalescer<>("append", MOST_TOGETHER, this::appendAll);

  /** A producer of one service instance. */
  public EventProducer(KafkaClients clients, KeyPartitions partitions, Traces traces) {
    this.partitions = partitions;
    this.traces = traces;
    Map<String, Object> config = clients.producerConfig("ingest");
    config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 1_000L);
    config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 12_000);
    this.producer = new KafkaProducer<>(config);
    this.meters = clients.meters();
    meters.opened(producer);
  }

  /** The events of one request, who posted them, and in which trace. */
  private record Posted(String platform, List<UsageEvent> events, Optional<String> cause) {}

  /**
   * Appends events, those of a partition together; those of one instance keep their order.
   *
   * @param platform who posted them
   * @throws LogUnavailableException when Kafka does not take them in time; some may be in then, and
   *     sending them again is harmless
   */
  public void append(String platform, List<UsageEvent> events) {
    List<Posted> posted = List.of(new Posted(platform, events, Optional.empty()));
    var unused = send(records(posted).values().stream().flatMap(List::stream).toList());
  }

  /**
   * Like {@link #append}, but the caller need not wait, and the events share records with those of
   * others that come at the same time: a record costs more than an event in it (docs/adr/0010). For
   * small requests; large ones fill their records anyway.
   *
   * @param platform who posted them
   * @return done when all are on all replicas; fails as {@link #append} does
   */
  public CompletableFuture<Void> appendTogether(String platform, List<UsageEvent> events) {
    return together.ask(new Posted(platform, events, traces.current())).thenCompose(Sent::appended);
  }

  /** The events of one request on their way. */
  private record Sent(CompletableFuture<Void> appended) {}

  private List<Sent> appendAll(List<Posted> requests) {
    List<String> causes = requests.stream().flatMap(posted -> posted.cause().stream()).toList();
    return traces.continuing("append usage events", causes, () -> sendAll(requests));
  }

  private List<Sent> sendAll(List<Posted> requests) {
    Map<Integer, CompletableFuture<Void>> appended = new HashMap<>();
    records(requests).forEach((partition, records) -> appended.put(partition, appended(records)));
    waitAWhile(all(appended.values().stream()));
    return requests.stream()
        .map(posted -> posted.events().stream().map(this::partition).distinct().map(appended::get))
        .map(parts -> new Sent(all(parts)))
        .toList();
  }

  private CompletableFuture<Void> appended(List<ProducerRecord<byte[], byte[]>> records) {
    return all(records.stream().map(this::appended));
  }

  private CompletableFuture<Void> appended(ProducerRecord<byte[], byte[]> record) {
    CompletableFuture<Void> appended = new CompletableFuture<>();
    try {
      var unused =
          producer.send(
              record,
              (place, failure) -> {
                if (failure == null) {
                  appended.complete(null);
                } else {
                  appended.completeExceptionally(unavailable(failure));
                }
              });
    } catch (KafkaException e) {
      appended.completeExceptionally(unavailable(e));
    }
    return appended;
  }

  private static CompletableFuture<Void> all(Stream<CompletableFuture<Void>> each) {
    return CompletableFuture.allOf(each.toArray(CompletableFuture[]::new));
  }

  private static void waitAWhile(CompletableFuture<Void> appended) {
    try {
      appended.get(HELD_UP.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      log.trace("goes on without", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Events in as few records as there can be, by partition and platform, in their order. */
  private SortedMap<Integer, List<ProducerRecord<byte[], byte[]>>> records(List<Posted> requests) {
    Map<String, SortedMap<Integer, List<EventPack>>> byPlatform = new LinkedHashMap<>();
    for (Posted posted : requests) {
      var packs = byPlatform.computeIfAbsent(posted.platform(), key -> new TreeMap<>());
      posted.events().forEach(event -> pack(event, packs));
    }
    Optional<byte[]> trace = traces.current().map(text -> text.getBytes(UTF_8));
    SortedMap<Integer, List<ProducerRecord<byte[], byte[]>>> records = new TreeMap<>();
    byPlatform.forEach(
        (platform, packs) -> {
          byte[] name = platform.getBytes(UTF_8);
          packs.forEach(
              (partition, filled) ->
                  filled.forEach(
                      pack ->
                          records
                              .computeIfAbsent(partition, key -> new ArrayList<>())
                              .add(record(partition, name, trace, pack))));
        });
    return records;
  }

  private void pack(UsageEvent event, Map<Integer, List<EventPack>> packs) {
    List<EventPack> filled = packs.computeIfAbsent(partition(event), key -> new ArrayList<>());
    if (filled.isEmpty() || !filled.getLast().fits(event)) {
      filled.add(new EventPack());
    }
    filled.getLast().add(event);
  }

  private int partition(UsageEvent event) {
    return partitions.of(event.instance());
  }

  private static ProducerRecord<byte[], byte[]> record(
      int partition, byte[] platform, Optional<byte[]> trace, EventPack pack) {
    UsageEvent first = pack.events().getFirst();
    ProducerRecord<byte[], byte[]> record;
    if (pack.events().size() == 1) {
      byte[] key = first.instance().getBytes(UTF_8);
      record = record(RecordKind.EVENT, partition, key, first.bytes());
    } else {
      record = record(RecordKind.EVENTS, partition, null, pack.value());
      record.headers().add(EventPack.LENGTHS, pack.lengths());
    }
    record.headers().add(EventPack.PLATFORM, platform);
    trace.ifPresent(context -> record.headers().add(Traces.TRACEPARENT, context));
    return record;
  }

  private static ProducerRecord<byte[], byte[]> record(
      RecordKind kind, int partition, byte @Nullable [] key, byte[] value) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(Topics.USAGE_EVENTS, partition, key, value);
    record.headers().add(RecordKind.HEADER, kind.headerValue());
    return record;
  }

  /** Appends records of other kinds; says where they are. */
  public List<RecordMetadata> send(List<ProducerRecord<byte[], byte[]>> records) {
    List<Future<RecordMetadata>> sent = new ArrayList<>(records.size());
    try {
      records.forEach(record -> sent.add(producer.send(record)));
    } catch (KafkaException e) {
      throw unavailable(e);
    }
    return awaited(sent);
  }

  private static List<RecordMetadata> awaited(List<Future<RecordMetadata>> sent) {
    try {
      List<RecordMetadata> places = new ArrayList<>(sent.size());
      for (Future<RecordMetadata> future : sent) {
        places.add(future.get(TIMEOUT_SECONDS, TimeUnit.SECONDS));
      }
      return places;
    } catch (KafkaException | ExecutionException | TimeoutException e) {
      throw unavailable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable(e);
    }
  }

  private static LogUnavailableException unavailable(Exception cause) {
    log.warn("Kafka did not accept records: {}", cause.toString());
    return new LogUnavailableException(cause);
  }

  @Override
  public void destroy() {
    meters.closed(producer);
    producer.close(Duration.ofSeconds(5));
  }
}
