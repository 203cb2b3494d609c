package io.tollgate.chaos;

import io.tollgate.standalone.Service;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** What the broker tells of the services' consumer groups: who reads what, and how far. */
final class Groups implements AutoCloseable {

  private static final long TIMEOUT_SECONDS = 20;

  /** Kafka Streams names its group by the generation. */
  private static final String STREAMS = "tollgate-metering-";

  private final Admin admin;
  private final List<String> rows;

  /**
   * @param kafka address of the broker
   * @param rows names of the services' instances, of which members' ids are made
   */
  Groups(String kafka, List<String> rows) {
    this.admin = Admin.create(Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, kafka));
    this.rows = List.copyOf(rows);
  }

  /** One partition as one group of a service reads it. */
  record Reading(Service service, String group, TopicPartition partition)
      implements Comparable<Reading> {

    private static final Comparator<Reading> ORDER =
        Comparator.comparing(Reading::service)
            .thenComparing(Reading::group)
            .thenComparing(reading -> reading.partition().toString());

    @Override
    public int compareTo(Reading other) {
      return ORDER.compare(this, other);
    }
  }

  /**
   * What was seen at one time.
   *
   * @param readers names of the rows whose instances read; none while partitions move
   * @param positions up to where it is read
   * @param ends where the partitions end, markers of transactions included
   */
  record View(
      Map<Reading, String> readers, Map<Reading, Long> positions, Map<TopicPartition, Long> ends) {

    View {
      readers = Map.copyOf(readers);
      positions = Map.copyOf(positions);
      ends = Map.copyOf(ends);
    }

    /** Where a partition ends; 0 while nobody reads it. */
    long end(TopicPartition partition) {
      return ends.getOrDefault(partition, 0L);
    }

    long position(Reading reading) {
      return positions.getOrDefault(reading, 0L);
    }

    /** How many partitions of a topic a row's instance reads in a group of a service. */
    long read(Service service, String topic, String row) {
      return readers.entrySet().stream()
          .filter(each -> each.getKey().service() == service)
          .filter(each -> each.getKey().partition().topic().equals(topic))
          .filter(each -> each.getValue().equals(row))
          .count();
    }
  }

  /** Looks. */
  View look() {
    Map<String, Service> groups = groups();
    Map<Reading, String> readers = new HashMap<>();
    answer(admin.describeConsumerGroups(groups.keySet()).all())
        .forEach(
            (group, description) ->
                description
                    .members()
                    .forEach(member -> note(of(groups, group), group, member, readers)));
    Map<Reading, Long> positions = new HashMap<>();
    Map<String, ListConsumerGroupOffsetsSpec> all = new HashMap<>();
    groups.keySet().forEach(group -> all.put(group, new ListConsumerGroupOffsetsSpec()));
    answer(admin.listConsumerGroupOffsets(all).all())
        .forEach(
            (group, offsets) ->
                offsets.forEach(
                    (partition, position) ->
                        note(
                            new Reading(of(groups, group), group, partition),
                            position,
                            positions)));
    Set<TopicPartition> partitions = new HashSet<>();
    readers.keySet().forEach(reading -> partitions.add(reading.partition()));
    positions.keySet().forEach(reading -> partitions.add(reading.partition()));
    return new View(readers, positions, ends(partitions));
  }

  private Map<TopicPartition, Long> ends(Set<TopicPartition> partitions) {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    partitions.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
    Map<TopicPartition, Long> ends = new HashMap<>();
    answer(admin.listOffsets(latest).all())
        .forEach((partition, end) -> ends.put(partition, end.offset()));
    return ends;
  }

  /** Bytes that each topic has on the broker's disk, in one copy. */
  Map<String, Long> bytes() {
    Map<String, Long> bytes = new HashMap<>();
    List<Integer> brokers = answer(admin.describeCluster().nodes()).stream().map(Node::id).toList();
    answer(admin.describeLogDirs(brokers).allDescriptions())
        .values()
        .forEach(
            directories ->
                directories
                    .values()
                    .forEach(
                        directory ->
                            directory
                                .replicaInfos()
                                .forEach(
                                    (partition, replica) ->
                                        bytes.merge(
                                            partition.topic(), replica.size(), Long::sum))));
    return bytes;
  }

  private Map<String, Service> groups() {
    Map<String, Service> found = new HashMap<>();
    answer(admin.listGroups().all())
        .forEach(
            listing ->
                serviceOf(listing.groupId())
                    .ifPresent(service -> found.put(listing.groupId(), service)));
    return found;
  }

  private static Service of(Map<String, Service> groups, String group) {
    return Objects.requireNonNull(groups.get(group));
  }

  private static Optional<Service> serviceOf(String group) {
    if (group.startsWith(STREAMS)) {
      return Optional.of(Service.METERING);
    }
    return List.of(Service.values()).stream()
        .filter(service -> group.startsWith(service.label() + "-"))
        .findFirst();
  }

  private void note(
      Service service, String group, MemberDescription member, Map<Reading, String> readers) {
    String id = member.groupInstanceId().orElse("");
    rows.stream()
        .filter(row -> id.startsWith(service.label() + "-" + row + "-"))
        .forEach(
            row ->
                member
                    .assignment()
                    .topicPartitions()
                    .forEach(
                        partition -> readers.put(new Reading(service, group, partition), row)));
  }

  private static void note(
      Reading reading, @Nullable OffsetAndMetadata position, Map<Reading, Long> positions) {
    if (position != null) {
      positions.put(reading, position.offset());
    }
  }

  private static <T> T answer(KafkaFuture<T> future) {
    try {
      return future.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the broker does not list its groups", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(5));
  }
}
