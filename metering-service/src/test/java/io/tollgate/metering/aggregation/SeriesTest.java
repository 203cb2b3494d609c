package io.tollgate.metering.aggregation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.metering.aggregation.SeriesState.Sample;
import io.tollgate.model.AccountId;
import io.tollgate.model.Granularity;
import io.tollgate.model.InstanceId;
import io.tollgate.model.MeterKey;
import io.tollgate.model.ProductId;
import io.tollgate.model.event.Aggregation;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SeriesTest {

  private static final Instant END = Instant.parse("2026-03-01T01:00:00Z");

  @Test
  void aSumIsExactWhateverTheOrder() {
    long seed = 42;
    Random random = new Random(seed);
    List<BigDecimal> values = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      values.add(
          BigDecimal.valueOf(random.nextLong(1_000_000_000_000_000_000L), random.nextInt(24)));
    }
    BigDecimal first = sum(values).quantity();
    Collections.shuffle(values, random);
    assertThat(sum(values).quantity()).as("seed %d", seed).isEqualTo(first);
  }

  private static SeriesState sum(List<BigDecimal> values) {
    SeriesState state = SeriesState.empty(Aggregation.SUM, END);
    for (BigDecimal value : values) {
      state = SeriesState.of(state.plus(value).plusEvents(1).bytes());
    }
    return state;
  }

  @Test
  void statesSurviveAsBytes() {
    for (Aggregation aggregation : Aggregation.values()) {
      SeriesState state =
          SeriesState.empty(aggregation, END)
              .plus(new BigDecimal("123456789012345678901234.123456789012345678901234"))
              .plusEvents(3)
              .plusMembers(2)
              .withSample(new Sample(-5, 7, new BigDecimal("0.1")))
              .marked()
              .emitted()
              .marked();
      assertThat(SeriesState.of(state.bytes())).isEqualTo(state);
    }
    SeriesState empty = SeriesState.empty(Aggregation.MAX, END);
    assertThat(SeriesState.of(empty.bytes())).isEqualTo(empty);
  }

  @Test
  void quantitiesFollowTheAggregation() {
    SeriesState count = SeriesState.empty(Aggregation.COUNT, END).plusEvents(3);
    assertThat(count.plus(new BigDecimal("-1")).quantity()).isEqualTo("2");
    assertThat(SeriesState.empty(Aggregation.LATEST, END).quantity()).isEqualTo("0");
  }

  @Test
  void theLatestIsByTimeThenByAcceptance() {
    Sample early = new Sample(1, 9, BigDecimal.TEN);
    Sample late = new Sample(2, 3, BigDecimal.ONE);
    Sample laterAccepted = new Sample(2, 4, BigDecimal.TWO);
    assertThat(Sample.winner(Aggregation.LATEST, late, early)).isEqualTo(late);
    assertThat(Sample.winner(Aggregation.LATEST, late, laterAccepted)).isEqualTo(laterAccepted);
    assertThat(Sample.winner(Aggregation.MAX, late, early)).isEqualTo(early);
    assertThat(Sample.winner(Aggregation.MAX, Sample.NONE, late)).isEqualTo(late);
  }

  @Test
  void keysSurviveAsBytesAndBeginWithTheirAccount() {
    SeriesKey key =
        new SeriesKey(
            AccountId.of("acc-1"),
            InstanceId.of("i-1"),
            ProductId.of("compute"),
            MeterKey.of("cpu"),
            new TreeMap<>(Map.of("zone", "ä", "size", "")),
            Granularity.DAY,
            Instant.parse("2026-03-01T00:00:00Z"));
    assertThat(SeriesKey.of(key.bytes())).isEqualTo(key);
    assertThat(key.bytes()).startsWith(SeriesKey.accountPrefix(AccountId.of("acc-1")));
    assertThat(key.bytes())
        .satisfies(
            bytes ->
                assertThat(java.util.Arrays.copyOf(bytes, 8))
                    .isNotEqualTo(SeriesKey.accountPrefix(AccountId.of("acc-10"))));
  }

  @Test
  void valuesThatCannotBeCountedSayWhy() {
    assertThat(Value.of(Aggregation.SUM, null)).isEqualTo(new Value.Refused("value-missing"));
    assertThat(Value.of(Aggregation.SUM, "x")).isEqualTo(new Value.Refused("value-not-a-number"));
    assertThat(Value.of(Aggregation.MAX, new BigDecimal("-0.1")))
        .isEqualTo(new Value.Refused("value-negative"));
    assertThat(Value.of(Aggregation.LATEST, new BigDecimal("1e400000")))
        .isEqualTo(new Value.Refused("value-unbounded"));
    assertThat(Value.of(Aggregation.SUM, "1.50"))
        .isEqualTo(new Value.Amount(new BigDecimal("1.50")));
    assertThat(Value.of(Aggregation.UNIQUE_COUNT, new BigDecimal("1.0")))
        .isEqualTo(new Value.Member("1"));
    assertThat(Value.of(Aggregation.COUNT, null)).isEqualTo(Value.OCCURRENCE);
  }
}
