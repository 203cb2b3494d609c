package io.tollgate.model.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {

  @ParameterizedTest
  @CsvSource({
    "2026-02-28T16:10:00Z, 2026-02-28T16:10:00Z",
    "2024-02-29T23:59:59Z, 2024-02-29T23:59:59Z",
    "2026-02-28T16:10:00.5Z, 2026-02-28T16:10:00.500Z",
    "2026-02-28T16:10:00.000000001Z, 2026-02-28T16:10:00.000000001Z",
    "1970-01-01T00:00:00.123456Z, 1970-01-01T00:00:00.123456Z",
    "2026-03-01T00:10:00+08:00, 2026-02-28T16:10:00Z",
    "2026-03-01T00:10:00.25-05:00, 2026-03-01T05:10:00.250Z",
    "2026-02-28t16:10:00z, 2026-02-28T16:10:00Z",
    "2026-02-28T16:10:00-00:00, 2026-02-28T16:10:00Z",
    "2026-02-28T16:10:00.1234567890123Z, 2026-02-28T16:10:00.123456789Z",
    "2026-02-28T16:10:00.9999999999999+00:00, 2026-02-28T16:10:00.999999999Z",
    "2016-12-31T23:59:60Z, 2016-12-31T23:59:59Z",
    "2016-12-31T23:59:60.5Z, 2016-12-31T23:59:59.500Z",
    "2016-12-31T23:59:60+00:00, 2016-12-31T23:59:59Z",
    "2017-01-01T07:59:60+08:00, 2016-12-31T23:59:59Z",
    "2016-12-31T18:59:60-05:00, 2016-12-31T23:59:59Z",
    "2026-03-01T15:09:00+23:59, 2026-02-28T15:10:00Z",
    "2026-02-28T16:10:00-18:01, 2026-03-01T10:11:00Z",
  })
  void readsTimesOfAnyZone(String text, Instant instant) {
    assertThat(Timestamps.parse(text)).isEqualTo(instant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Z",
        "yesterday",
        "2026-02-28",
        "2026-02-28T16:10:00",
        "2026-02-28T16:10Z",
        "2026-02-28 16:10:00Z",
        "2026-02-30T16:10:00Z",
        "2025-02-29T16:10:00Z",
        "2026-13-01T16:10:00Z",
        "2026-02-28T25:10:00Z",
        "2026-02-28T16:60:00Z",
        "2026-02-28T16:10:61Z",
        "2026-02-28T16:10:00.Z.",
        "2026-02-28T24:00:00Z",
        "2026-02-28T24:00:00+00:00",
        "2026-02-28T16:10:60Z",
        "2026-02-28T23:59:60+08:00",
        "2026-02-28T16:10+08:00",
        "2026-02-28T16:10:00+08",
        "2026-02-28T16:10:00+24:00",
        "2026-02-28T16:10:00+08:60",
        "+12026-02-28T16:10:00Z",
        "2026-02-28T16:10:00.12x4Z",
        "2026-02-28T16:10:00,5Z",
        "２026-02-28T16:10:00Z",
        "9999-12-31T23:59:59-00:01",
        "0000-01-01T00:00:00+00:01"
      })
  void refusesWhatIsNoTime(String text) {
    assertThatThrownBy(() -> Timestamps.parse(text)).isInstanceOf(DateTimeException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1971-01-01T00:00:00Z",
        "1971-01-01T08:00:00+08:00",
        "9000-12-31T23:59:59.999999999Z",
        "9001-01-01T07:59:59+08:00"
      })
  void requestsAndEventsMayNameTheYears1971To9000(String text) {
    assertThat(Timestamps.accepted(text)).isEqualTo(Timestamps.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1970-12-31T23:59:59.999999999Z",
        "1971-01-01T07:59:59+08:00",
        "9001-01-01T00:00:00Z",
        "9000-12-31T23:00:00-01:00",
        "0000-01-01T00:00:00Z",
        "1582-10-10T00:00:00Z",
        "9999-12-31T23:59:59Z"
      })
  void othersAreReadOnlyWhereAServiceWroteThem(String text) {
    assertThat(Timestamps.parse(text).toString()).hasSizeBetween(20, 30);
    assertThatThrownBy(() -> Timestamps.accepted(text))
        .isInstanceOf(DateTimeException.class)
        .hasMessageContaining("in the years 1971 to 9000");
  }

  @Test
  void agreesWithJavasParserOnTimesOfAllYears() {
    long seed = 20260301;
    Random random = new Random(seed);
    for (int i = 0; i < 10_000; i++) {
      Instant instant =
          Instant.ofEpochSecond(
              random.nextLong(-62_135_596_800L, 253_402_300_800L), random.nextInt(1_000_000_000));
      assertThat(Timestamps.parse(instant.toString())).as("seed %d", seed).isEqualTo(instant);
    }
  }
}
