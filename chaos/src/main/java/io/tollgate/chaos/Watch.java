package io.tollgate.chaos;

import io.tollgate.chaos.Groups.View;
import io.tollgate.model.event.Topics;
import io.tollgate.standalone.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Looks every second who reads what and who did how much, and keeps what was seen as a timeline.
 */
final class Watch implements AutoCloseable {

  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final Duration LINE_EVERY = Duration.ofSeconds(10);

  /** What each service is spread by. */
  private static final Map<Service, String> SPREAD_BY =
      new EnumMap<>(
          Map.of(
              Service.METERING,
              Topics.USAGE_EVENTS,
              Service.BILLING,
              Topics.USAGE_HOURLY,
              Service.ACCOUNT,
              Topics.BILLING_EVENTS,
              Service.NOTIFICATION,
              Topics.BILLING_EVENTS));

  private final Groups groups;
  private final List<Row> rows;
  private final LongSupplier acknowledged;
  private final Shares shares = new Shares();
  private final List<Line> timeline = new CopyOnWriteArrayList<>();
  private final Repetition looks = new Repetition("watch", this::look);
  private final long start = System.nanoTime();
  private long nextLine;
  private volatile long waiting;

  /**
   * @param acknowledged how many events were acknowledged so far
   */
  Watch(Groups groups, List<Row> rows, LongSupplier acknowledged) {
    this.groups = groups;
    this.rows = List.copyOf(rows);
    this.acknowledged = acknowledged;
  }

  /**
   * What was seen, or what happened.
   *
   * @param at since the watch began
   * @param events acknowledged so far
   * @param partitions by service, how many each row reads of what the service is spread by
   * @param waiting events' records that were not aggregated yet
   * @param happened empty for a mere look
   */
  record Line(
      Duration at, long events, Map<Service, String> partitions, long waiting, String happened) {

    Line {
      partitions = Map.copyOf(partitions);
    }
  }

  void start() {
    nextLine = System.nanoTime();
    looks.start();
  }

  private void look() {
    View view = groups.look();
    shares.see(view);
    waiting = waiting(view);
    if (System.nanoTime() - nextLine >= 0) {
      readCounters();
      timeline.add(line(view, ""));
      nextLine += LINE_EVERY.toNanos();
    }
    Patience.pass(EVERY);
  }

  /** One at a time: an older value after a newer would look like a process that began anew. */
  private synchronized void readCounters() {
    for (Row row : rows) {
      for (Work work : Work.values()) {
        if (!work.metric().isEmpty() && row.isAlive(work.service())) {
          Metrics.read(row, work.service(), work.metric())
              .ifPresent(counter -> shares.see(work, row.name(), counter));
        }
      }
    }
  }

  /**
   * Notes what is done to the fleet; before an instance is killed, so that its counters are read.
   */
  void note(String happened) {
    readCounters();
    timeline.add(line(groups.look(), happened));
  }

  private Line line(View view, String happened) {
    Map<Service, String> partitions = new EnumMap<>(Service.class);
    SPREAD_BY.forEach(
        (service, topic) ->
            partitions.put(
                service,
                rows.stream()
                    .map(row -> Long.toString(view.read(service, topic, row.name())))
                    .collect(Collectors.joining("+"))));
    return new Line(
        Duration.ofNanos(System.nanoTime() - start),
        acknowledged.getAsLong(),
        partitions,
        waiting(view),
        happened);
  }

  /** Records of usage that were not aggregated yet at the last look, a second ago. */
  long waiting() {
    return waiting;
  }

  private static long waiting(View view) {
    return view.positions().keySet().stream()
        .filter(Work.USAGE_RECORDS_AGGREGATED::isReadBy)
        .mapToLong(each -> view.end(each.partition()) - view.position(each))
        .sum();
  }

  List<Line> timeline() {
    return new ArrayList<>(timeline);
  }

  /** Names of the rows it looks at. */
  List<String> rows() {
    return rows.stream().map(Row::name).toList();
  }

  Shares shares() {
    return shares;
  }

  /** Ends with the look that is under way. */
  @Override
  public void close() {
    looks.close();
  }
}
