package io.tollgate.billing.usage;

import io.tollgate.model.Granularity;
import io.tollgate.model.event.Topics;
import io.tollgate.model.event.UsageRecord;
import io.tollgate.model.event.UsageRevision;
import io.tollgate.model.event.WindowsClosed;
import io.tollgate.store.consumer.PositionedHandler;
import io.tollgate.store.consumer.Received;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.stereotype.Component;

/**
 * Stores usage that is newer than what is stored, assigns it to cycles, and counts it against the
 * markers. Charging happens in another transaction (docs/adr).
 */
@Component
class UsageHandler implements PositionedHandler<UsageRecord> {
  private static final int MAX_BATCH = 5_000;

  private final UsageStore usage;
  private final JdbcMarkers markers;
  private final UsagePlace place;

  UsageHandler(UsageStore usage, JdbcMarkers markers, UsagePlace place) {
    this.usage = usage;
    this.markers = markers;
    this.place = place;
  }

  @Override
  public String name() {
    return "usage";
  }

  @Override
  public Set<String> topics() {
    return Set.of(Topics.USAGE_HOURLY, Topics.USAGE_DAILY);
  }

  @Override
  public int maxBatch() {
    return MAX_BATCH;
  }

  @Override
  public int concurrency() {
    return 2;
  }

  @Override
  public Optional<UsageRecord> decode(ConsumerRecord<String, byte[]> record) {
    Optional<UsageRecord> decoded = UsageRecord.CODEC.decode(record.value()).map(e -> e.data());
    decoded.ifPresent(usageRecord -> place.check(record, usageRecord));
    return decoded;
  }

  @Override
  public Optional<String> accountOf(Received<UsageRecord> received) {
    return received.value() instanceof UsageRevision revision
        ? Optional.of(revision.account().value())
        : Optional.empty();
  }

  @Override
  public void handle(List<Received<UsageRecord>> batch) {
    List<UsageRevision> revisions = new ArrayList<>(batch.size());
    for (Received<UsageRecord> received : batch) {
      if (received.value() instanceof UsageRevision revision) {
        revisions.add(revision);
      }
    }
    if (!revisions.isEmpty()) {
      usage.store(revisions, batch.getFirst().partition());
    }
  }

  /** Keeps count in the order of the log: what one account's failure holds up arrived, too. */
  @Override
  public void arrived(List<Received<UsageRecord>> batch) {
    int output = batch.getFirst().partition();
    Granularity granularity = batch.getFirst().value().granularity();
    Map<Markers.Key, Markers> streams = markers.of(output, granularity);
    Map<Markers.Key, Markers> changed = new TreeMap<>();
    Set<String> closed = new TreeSet<>();
    for (Received<UsageRecord> received : batch) {
      UsageRecord record = received.value();
      Markers.Key key =
          new Markers.Key(record.generation(), granularity, record.partition(), output);
      Markers stream = streams.computeIfAbsent(key, Markers::unheard);
      changed.put(key, stream);
      switch (record) {
        case UsageRevision revision -> stream.saw(revision);
        case WindowsClosed marker -> {
          stream.take(marker);
          closed.add(marker.generation());
        }
      }
    }
    markers.save(changed.values());
    closed.forEach(generation -> markers.advance(generation, granularity, output));
  }
}
