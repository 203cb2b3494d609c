package io.tollgate.metering.testing;

import io.tollgate.model.Granularity;
import io.tollgate.model.event.Topics;
import io.tollgate.model.event.UsageRevision;
import io.tollgate.model.event.WindowsClosed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads what metering said as billing must: revisions replace one another, markers are checked
 * against what was counted.
 */
public final class UsageReader {

  private final Map<String, UsageRevision> last = new TreeMap<>();
  private final List<WindowsClosed> markers = new ArrayList<>();
  private final List<String> gaps = new ArrayList<>();
  private final Map<String, long[]> counts = new HashMap<>();
  private final Map<String, Long> sequences = new HashMap<>();

  private UsageReader() {}

  /** Reads everything said so far. */
  public static UsageReader of(RunningMetering metering) {
    UsageReader reader = new UsageReader();
    metering.said(Topics.USAGE_HOURLY).forEach(reader::take);
    metering.said(Topics.USAGE_DAILY).forEach(reader::take);
    return reader;
  }

  private void take(RunningMetering.Said said) {
    String stream =
        said.record().partition() + ">" + said.partition() + " " + said.record().granularity();
    long[] count = counts.computeIfAbsent(stream, key -> new long[2]);
    switch (said.record()) {
      case UsageRevision revision -> {
        count[0]++;
        count[1] += revision.eventCount();
        UsageRevision before = last.put(key(revision), revision);
        int expected = before == null ? 1 : before.revision() + 1;
        if (revision.revision() != expected) {
          gaps.add("revision " + revision);
        }
      }
      case WindowsClosed closed -> {
        long expected = sequences.getOrDefault(stream, 0L) + 1;
        if (closed.sequence() != expected
            || closed.outputPartition() != said.partition()
            || closed.records() != count[0]
            || closed.events() != count[1]) {
          gaps.add("marker " + closed + " after " + count[0] + " records, " + count[1] + " events");
        }
        sequences.put(stream, closed.sequence());
        markers.add(closed);
        counts.put(stream, new long[2]);
      }
    }
  }

  private static String key(UsageRevision revision) {
    return String.join(
        " ",
        revision.account().value(),
        revision.instance().value(),
        revision.meter().value(),
        revision.dimensions().toString(),
        revision.granularity().name(),
        revision.windowStart().toString());
  }

  /** What does not add up; empty when all markers match. */
  public List<String> gaps() {
    return List.copyOf(gaps);
  }

  /** All markers. */
  public List<WindowsClosed> markers() {
    return List.copyOf(markers);
  }

  /** The last revision of each series and window of an account. */
  public List<UsageRevision> of(String account, Granularity granularity) {
    return last.values().stream()
        .filter(revision -> revision.account().value().equals(account))
        .filter(revision -> revision.granularity() == granularity)
        .toList();
  }

  /** Window start and quantity of each window of an account, with the revision. */
  public List<String> totals(String account, Granularity granularity) {
    return of(account, granularity).stream()
        .map(
            revision ->
                "%s %s=%s r%d"
                    .formatted(
                        revision.windowStart(),
                        revision.meter(),
                        revision.quantity().toPlainString(),
                        revision.revision()))
        .toList();
  }
}
