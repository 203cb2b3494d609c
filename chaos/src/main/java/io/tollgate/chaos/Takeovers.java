package io.tollgate.chaos;

import io.tollgate.chaos.Groups.Reading;
import io.tollgate.chaos.Groups.View;
import io.tollgate.model.event.Topics;
import io.tollgate.standalone.Service;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/** Kills instances, and sees how soon the others do their work. */
final class Takeovers {

  /** Nothing is waited for longer; a time as long as this means that it was not seen. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** The end of a partition moves by this when a transaction is ended that wrote nothing else. */
  private static final int MARKER = 1;

  private final Groups groups;
  private final String account;

  /**
   * @param account one whose contacts may be written again
   */
  Takeovers(Groups groups, String account) {
    this.groups = groups;
    this.account = account;
  }

  /**
   * How the work of a killed instance was taken over; times are from its death.
   *
   * @param row whose instance it was
   * @param partitions what it read, in all groups of its service
   * @param assigned until all of that belonged to others
   * @param served until something of each had been read that was written after its death, where
   *     anything was
   * @param passedOn until the service told others again what was told to it: usage to billing, or
   *     events through the outbox; empty where the load causes none
   */
  record Takeover(
      Service service,
      String row,
      int partitions,
      Duration assigned,
      Duration served,
      Optional<Duration> passedOn) {

    /** A standby takes over within this. */
    static final Duration LIMIT = Duration.ofSeconds(30);

    boolean inTime() {
      return served.compareTo(LIMIT) <= 0 && passedOn.orElse(Duration.ZERO).compareTo(LIMIT) <= 0;
    }
  }

  /** Kills an instance and returns when another does its work. */
  Takeover kill(Service service, Row victim, Row survivor) {
    Set<Reading> lost =
        groups.look().readers().entrySet().stream()
            .filter(each -> each.getKey().service() == service)
            .filter(each -> each.getValue().equals(victim.name()))
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    long death = System.nanoTime();
    victim.of(service).kill();
    View dead = groups.look();
    if (service == Service.ACCOUNT) {
      Stage.writeContacts(survivor.api(), account);
    }
    Duration assigned =
        since(death, view -> lost.stream().allMatch(each -> isReadBy(survivor, each, view)));
    Duration served =
        since(death, view -> lost.stream().allMatch(each -> goesOn(each, dead, view)));
    return new Takeover(
        service, victim.name(), lost.size(), assigned, served, passedOn(service, death, dead));
  }

  private Optional<Duration> passedOn(Service service, long death, View dead) {
    return switch (service) {
      case METERING -> {
        View served = groups.look();
        yield Optional.of(
            since(
                death,
                view ->
                    view.positions().keySet().stream()
                        .filter(Work.USAGE_RECORDS_TAKEN_IN::isReadBy)
                        .allMatch(each -> view.position(each) > served.end(each.partition()))));
      }
      case BILLING -> Optional.of(since(death, view -> grows(Topics.BILLING_EVENTS, dead, view)));
      case ACCOUNT -> Optional.of(since(death, view -> grows(Topics.CONTACTS, dead, view)));
      case NOTIFICATION -> Optional.empty();
    };
  }

  private Duration since(long start, Predicate<View> condition) {
    var unused = Patience.holdsWithin(PATIENCE, () -> condition.test(groups.look()));
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static boolean isReadBy(Row row, Reading reading, View view) {
    return row.name().equals(view.readers().get(reading));
  }

  private static boolean goesOn(Reading reading, View dead, View view) {
    long end = dead.end(reading.partition());
    return view.end(reading.partition()) <= end + MARKER || view.position(reading) > end;
  }

  private static boolean grows(String topic, View dead, View view) {
    return view.ends().keySet().stream()
        .filter(partition -> partition.topic().equals(topic))
        .anyMatch(partition -> grows(partition, dead, view));
  }

  private static boolean grows(TopicPartition partition, View dead, View view) {
    return view.end(partition) > dead.end(partition) + MARKER;
  }
}
