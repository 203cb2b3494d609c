package io.tollgate.metering.topology;

import static io.tollgate.metering.topology.MeteringDriver.event;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

/** What a platform can ask of what it posted, whatever others post. */
class FateTopologyTest extends OneTask {

  /** A and F together: so long an uncounted event is listed. */
  private static final Duration LISTED = Duration.ofDays(7).plusMinutes(5);

  @Override
  Map<String, String> settings() {
    return Map.of("max-uncounted", "2");
  }

  private List<String> listed() {
    UncountedList found = new UncountedList(Optional.empty(), 100, event -> true);
    found.take(0, Optional.empty(), store("pending"), store("uncounted"));
    return found.slice().found().stream()
        .map(
            each -> each.event().platform() + " " + each.event().id() + " " + each.event().reason())
        .toList();
  }

  private Map<String, Map<String, Long>> tallies() {
    Map<String, Map<String, Long>> tallies = new TreeMap<>();
    Tallies.read(store("progress"), tallies);
    return tallies;
  }

  private KeyValueStore<Bytes, byte[]> store(String name) {
    return task.driver().getKeyValueStore(name);
  }

  @Test
  void everyFateIsTalliedAndWhatWasNotCountedIsListed() {
    task.post(used("1", "2"), used("2", "2"));
    task.post(used("1", "2"));
    task.post(used("2", "3"));
    task.post(event("later", "3", "used", START, "1"));
    assertThat(tallies())
        .containsEntry(
            "compute", Map.of("counted", 2L, "duplicate", 1L, "conflict", 1L, "waiting", 1L));
    assertThat(listed())
        .containsExactly("compute 1 duplicate", "compute 2 conflict", "compute 3 waiting");
    task.register("later");
    assertThat(tallies())
        .containsEntry(
            "compute", Map.of("counted", 3L, "duplicate", 1L, "conflict", 1L, "waiting", 0L));
    assertThat(listed()).containsExactly("compute 1 duplicate", "compute 2 conflict");
  }

  /** The oldest of a platform goes for its newest; the others' stay. */
  @Test
  void aPlatformThatRepeatsItselfTakesNobodysPlace() {
    task.postAs("quiet", used("q", "-1"));
    task.post(used("1", "2"));
    for (int time = 0; time < 5; time++) {
      task.tick(START.plusSeconds(60 + time));
      task.post(used("1", "2"));
    }
    task.post(used("1", "9"));
    assertThat(listed())
        .containsExactly("quiet q value-negative", "compute 1 duplicate", "compute 1 conflict");
    assertThat(tallies())
        .containsEntry("compute", Map.of("counted", 1L, "duplicate", 5L, "conflict", 1L));
  }

  @Test
  void whatWasDecidedBeforeTheAcceptanceIsForgotten() {
    task.post(used("old", "-1"));
    task.postAs("quiet", used("old", "-1"));
    task.tick(START.plus(Duration.ofDays(1)));
    task.post(used("new", "-1"));
    task.tick(START.plus(LISTED));
    assertThat(listed()).hasSize(3);
    task.tick(START.plus(LISTED).plusSeconds(3_600));
    assertThat(listed()).containsExactly("compute new value-negative");
    task.tick(START.plus(LISTED).plus(Duration.ofDays(1)).plusSeconds(3_600));
    try (KeyValueIterator<Bytes, byte[]> all = store("uncounted").all()) {
      assertThat(all.hasNext()).isFalse();
    }
  }
}
