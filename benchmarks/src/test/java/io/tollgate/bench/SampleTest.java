package io.tollgate.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SampleTest {
  private static final Instant START = Instant.parse("2024-02-29T16:00:00Z");
  private static final Population WHO = new Population("who", 5, 2, 3);

  @Test
  void everySeriesHasOneEventInEveryHour() {
    Sample sample = new Sample(WHO, START, 2, 2 * WHO.series());
    Map<String, Integer> events = new HashMap<>();
    Set<String> ids = new HashSet<>();
    for (JsonNode event : JsonMapper.shared().readTree(sample.batch(0, sample.events()))) {
      long hour = Duration.between(START, Instant.parse(event.path("time").asString())).toHours();
      ids.add(event.path("id").asString());
      events.merge(
          event.path("subject").asString() + " " + event.path("type").asString() + " " + hour,
          1,
          Integer::sum);
    }

    assertThat(ids).hasSize(60);
    assertThat(events).hasSize(60).containsEntry("who-10000004-1 bench.units.2 1", 1);
    assertThat(events.values()).containsOnly(1);
  }

  @Test
  void samplesOfOtherHoursHaveOtherIds() {
    byte[] first = new Sample(WHO, START, 1, 30).event(0);
    byte[] second = new Sample(WHO, START.plusSeconds(3_600), 1, 30).event(0);

    assertThat(JsonMapper.shared().readTree(first).path("id"))
        .isNotEqualTo(JsonMapper.shared().readTree(second).path("id"));
  }

  @Test
  void aPopulationHasOneOfEverythingAtLeast() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Population("none", 1, 0, 1));
  }
}
