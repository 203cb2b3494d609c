package io.tollgate.store.recovery;

import io.tollgate.model.Identifiers;
import io.tollgate.model.event.Topics;
import io.tollgate.support.ServiceIdentity;
import io.tollgate.support.messaging.KafkaClients;
import io.tollgate.support.messaging.KafkaSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;

/**
 * Makes restored databases go on with a Kafka that lies ahead of them.
 *
 * <p>Every record from the restored positions on is judged by what its restored writer knows to
 * have told. What it does not know is noted in every database, and only when all of them have it
 * does each restored one begin a new epoch: broken off anywhere, it may be run again.
 */
public final class Recovery implements AutoCloseable {

  private static final String NAME = "recovery";

  private final List<ServiceDatabase> services;
  private final String kafka;
  private final Map<String, String> security;
  private final TopicLog log;

  /**
   * @param services the databases of all services, none of which runs
   * @param kafka the broker they meet in
   * @param security how it is reached, as in {@link KafkaSettings}
   */
  public Recovery(List<ServiceDatabase> services, String kafka, Map<String, String> security) {
    this.services = List.copyOf(services);
    this.kafka = kafka;
    this.security = Map.copyOf(security);
    this.log = new TopicLog(clients(NAME));
  }

  /**
   * What was done.
   *
   * @param restored services whose databases were restored
   * @param passedOver records that no reader will apply
   * @param toldAgain keys whose state their writer tells again when it runs
   */
  public record Summary(List<String> restored, long passedOver, int toldAgain) {

    /** Keeps its own copy. */
    public Summary {
      restored = List.copyOf(restored);
    }
  }

  private record Verdict(ServiceDatabase writer, long epoch, List<Judgement> judgements) {}

  /**
   * Judges what lies behind the restored positions and begins new epochs; nothing is done when no
   * database was restored.
   *
   * @throws IllegalStateException when a database lies ahead of another, or the log does not reach
   *     back to the restored positions; nothing was changed
   */
  public Summary recover() {
    List<ServiceDatabase> restored = services.stream().filter(ServiceDatabase::isRestored).toList();
    restored.forEach(this::endTransactions);
    List<Verdict> verdicts = restored.stream().map(this::judge).toList();
    for (Verdict verdict : verdicts) {
      for (Judgement judgement : verdict.judgements()) {
        services.forEach(each -> each.passOver(judgement, verdict.epoch()));
        verdict.writer().tellAgain(judgement.topic(), judgement.states());
      }
    }
    verdicts.forEach(verdict -> verdict.writer().beginEpoch(verdict.epoch()));
    List<Judgement> all = verdicts.stream().flatMap(v -> v.judgements().stream()).toList();
    return new Summary(
        restored.stream().map(ServiceDatabase::service).toList(),
        all.stream().mapToLong(Judgement::records).sum(),
        all.stream().mapToInt(judgement -> judgement.states().size()).sum());
  }

  /**
   * Shows the records that were taken back by the last restore of each database, as far as Kafka
   * still has them.
   */
  public void eachTakenBack(Consumer<ConsumerRecord<String, byte[]>> action) {
    for (ServiceDatabase service : services) {
      for (String topic : service.topics()) {
        for (OffsetRange range : service.takenBack(topic)) {
          long beginning =
              log.beginnings(List.of(range.partition())).getOrDefault(range.partition(), 0L);
          log.read(range.partition(), Math.max(range.first(), beginning), range.last() + 1, action);
        }
      }
    }
  }

  /**
   * Lets every service tell the states of all keys of its compacted topics again, so that copies
   * elsewhere are what it has itself.
   *
   * @return how many keys
   */
  public int tellStatesAgain() {
    int told = 0;
    for (ServiceDatabase service : services) {
      for (String topic : service.topics()) {
        if (Topics.COMPACTED.contains(topic)) {
          Set<String> keys = keys(topic);
          service.tellAgain(topic, keys);
          told += keys.size();
        }
      }
    }
    return told;
  }

  private Set<String> keys(String topic) {
    Set<String> keys = new TreeSet<>();
    List<TopicPartition> partitions = log.partitions(topic);
    Map<TopicPartition, Long> beginnings = log.beginnings(partitions);
    log.ends(partitions)
        .forEach(
            (partition, end) ->
                log.read(
                    partition,
                    beginnings.getOrDefault(partition, 0L),
                    end,
                    record ->
                        Optional.ofNullable(record.key())
                            .filter(Identifiers::isValid)
                            .ifPresent(keys::add)));
    return keys;
  }

  /** A relay that died may have left a transaction open, behind which nothing can be read. */
  private void endTransactions(ServiceDatabase service) {
    Map<String, Object> config = clients(service.service()).transactionalProducerConfig("outbox");
    try (KafkaProducer<String, byte[]> relay = new KafkaProducer<>(config)) {
      relay.initTransactions();
    }
  }

  private Verdict judge(ServiceDatabase writer) {
    List<Judgement> judgements = new ArrayList<>();
    for (String topic : writer.topics()) {
      History history = new History(topic, writer.epoch(), writer.told(topic));
      services.forEach(reader -> refuseWhenAhead(reader, writer, history));
      Judgement judgement = new Judgement(history);
      readBehindPositions(topic, judgement);
      judgements.add(judgement);
    }
    long latest = judgements.stream().mapToLong(Judgement::latestEpoch).max().orElse(0);
    return new Verdict(writer, Math.max(latest, writer.epoch()) + 1, judgements);
  }

  private static void refuseWhenAhead(
      ServiceDatabase reader, ServiceDatabase writer, History history) {
    reader
        .aheadOf(history)
        .ifPresent(
            account -> {
              throw new IllegalStateException(
                  "%s has applied events of account %s on %s that the restored database of %s does"
                          .formatted(reader.service(), account, history.topic(), writer.service())
                      + " not know: restore "
                      + reader.service()
                      + " to the same instant or an earlier one");
            });
  }

  private void readBehindPositions(String topic, Judgement judgement) {
    List<TopicPartition> partitions = log.partitions(topic);
    Map<TopicPartition, Long> beginnings = log.beginnings(partitions);
    Map<TopicPartition, Long> ends = log.ends(partitions);
    Map<TopicPartition, Long> positions = new HashMap<>();
    services.forEach(
        reader -> reader.positions(topic).forEach((p, at) -> positions.merge(p, at, Math::min)));
    for (TopicPartition partition : partitions) {
      long beginning = beginnings.getOrDefault(partition, 0L);
      long from = positions.getOrDefault(partition, beginning);
      long end = ends.getOrDefault(partition, from);
      if (beginning == end) {
        continue; // Quiet for longer than the retention: positions end before its last marker.
      }
      if (from < beginning) {
        throw new IllegalStateException(
            "%s begins at offset %d, but the restored position is %d: Kafka no longer has the records between them"
                .formatted(partition, beginning, from));
      }
      log.read(partition, from, end, judgement::take);
    }
  }

  private KafkaClients clients(String service) {
    return new KafkaClients(
        new KafkaSettings(
            kafka, 1, (short) 1, Duration.ofDays(90), Duration.ofMinutes(1), security),
        new ServiceIdentity(service, NAME, Path.of(".")));
  }

  @Override
  public void close() {
    log.close();
    services.forEach(ServiceDatabase::close);
  }
}
