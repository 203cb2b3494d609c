package io.tollgate.chaos;

import io.tollgate.chaos.Groups.Reading;
import io.tollgate.chaos.Groups.View;
import io.tollgate.model.event.Topics;
import io.tollgate.standalone.Service;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
      Stage.done(
          Stage.writeContacts(
              survivor.api(), account, "heirs of " + victim.name(), account + "@example.com"));
    }
    Sight assigned =
        new Sight(death, view -> lost.stream().allMatch(each -> isReadBy(survivor, each, view)));
    Sight served =
        new Sight(
            death,
            view ->
                lost.stream()
                    .allMatch(each -> isReadBy(survivor, each, view) && goesOn(each, dead, view)));
    Optional<Sight> told =
        toldBy(service).map(topic -> new Sight(death, view -> grows(topic, dead, view)));
    await(Stream.concat(Stream.of(assigned, served), told.stream()).toList());
    return new Takeover(
        service,
        victim.name(),
        lost.size(),
        assigned.after(),
        served.after(),
        service == Service.METERING ? Optional.of(handedOn(death)) : told.map(Sight::after));
  }

  /** What the service tells through its outbox at any time. */
  private static Optional<String> toldBy(Service service) {
    return switch (service) {
      case BILLING -> Optional.of(Topics.BILLING_EVENTS);
      case ACCOUNT -> Optional.of(Topics.CONTACTS);
      case METERING, NOTIFICATION -> Optional.empty();
    };
  }

  /** Until billing has read usage in all partitions that is written from now on. */
  private Duration handedOn(long death) {
    View now = groups.look();
    Sight read =
        new Sight(
            death,
            view ->
                view.positions().keySet().stream()
                    .filter(Work.USAGE_RECORDS_TAKEN_IN::isReadBy)
                    .allMatch(each -> view.position(each) > now.end(each.partition())));
    await(List.of(read));
    return read.after();
  }

  private void await(List<Sight> sights) {
    var unused =
        Patience.holdsWithin(
            PATIENCE,
            () -> {
              View view = groups.look();
              sights.forEach(sight -> sight.see(view));
              return sights.stream().allMatch(sight -> sight.seen);
            });
  }

  /** When something was seen first; until it is, when it was last not seen. */
  private static final class Sight {

    private final long start;
    private final Predicate<View> condition;
    private Duration after = Duration.ZERO;
    private boolean seen;

    Sight(long start, Predicate<View> condition) {
      this.start = start;
      this.condition = condition;
    }

    void see(View view) {
      if (!seen) {
        after = Duration.ofNanos(System.nanoTime() - start);
        seen = condition.test(view);
      }
    }

    Duration after() {
      return after;
    }
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
