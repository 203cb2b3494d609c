package io.tollgate.metering.aggregation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.model.AccountId;
import io.tollgate.model.Granularity;
import io.tollgate.model.InstanceId;
import io.tollgate.model.MeterKey;
import io.tollgate.model.ProductId;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RevisionIdTest {

  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

  private static String id(Map<String, String> dimensions, Granularity granularity, int revision) {
    SeriesKey key =
        new SeriesKey(
            AccountId.of("acme"),
            InstanceId.of("vm-1"),
            ProductId.of("compute"),
            MeterKey.of("cpu"),
            new TreeMap<>(dimensions),
            granularity,
            START);
    return RevisionId.of("g1", key, key.bytes(), revision);
  }

  /** Consumers recognise a repeated record by it: it must never change. */
  @Test
  void theIdOfARevisionIsPinned() {
    assertThat(id(Map.of("size", "Aa"), Granularity.HOUR, 1))
        .isEqualTo("g1-vm-1-cpu-0fc31a50578ede7e2e141607d2cf4403-2026-03-01T00:00:00Z-1");
  }

  /** "Aa" and "BB" have the same hash code. */
  @Test
  void noTwoSeriesShareAnId() {
    assertThat(
            Set.of(
                id(Map.of("size", "Aa"), Granularity.HOUR, 1),
                id(Map.of("size", "BB"), Granularity.HOUR, 1),
                id(Map.of("size", "Aa"), Granularity.DAY, 1),
                id(Map.of("size", "Aa"), Granularity.HOUR, 2),
                id(Map.of("siz", "eAa"), Granularity.HOUR, 1),
                id(Map.of(), Granularity.HOUR, 1)))
        .hasSize(6);
  }
}
