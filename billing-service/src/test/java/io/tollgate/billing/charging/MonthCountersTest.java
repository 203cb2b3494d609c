package io.tollgate.billing.charging;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.billing.rating.Counter;
import io.tollgate.billing.rating.CounterKey;
import io.tollgate.model.InstanceId;
import io.tollgate.model.MeterKey;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MonthCountersTest {

  private static CounterKey key(String instance, String meter) {
    return CounterKey.ofInstance(InstanceId.of(instance), MeterKey.of(meter));
  }

  private static Counter counter(String free, String units, String amount) {
    return new Counter(new BigDecimal(free), new BigDecimal(units), new BigDecimal(amount));
  }

  @Test
  void everyCounterIsReadAsItWasWritten() {
    Map<CounterKey, Counter> counters =
        Map.of(
            key("i-1", "cpu.hours"), counter("0", "12345678901234567890.25", "0.0000000001"),
            CounterKey.ofAccount(MeterKey.of("disk:gb")), counter("10", "0", "0"),
            key("i-2", "cpu.hours"), counter("0.5", "7", "-3.5"));
    assertThat(MonthCounters.of(MonthCounters.json(counters))).isEqualTo(counters);
  }

  @Test
  void oneCounterIsAnArrayOfFive() {
    assertThat(MonthCounters.json(Map.of(key("i-1", "units"), counter("0", "4", "0.04"))))
        .isEqualTo("[[\"i-1\",\"units\",0,4,0.04]]");
  }

  @Test
  void aMonthWithoutCountersIsEmpty() {
    assertThat(MonthCounters.json(Map.of())).isEqualTo("[]");
    assertThat(MonthCounters.of("[]")).isEmpty();
  }

  @Test
  void whatTheMigrationWroteIsRead() {
    assertThat(
            MonthCounters.of(
                "[[\"i-1\", \"units\", 0, 4, 0.04], \n [\"i-2\", \"units\", 1, 2, 3]]"))
        .containsEntry(key("i-1", "units"), counter("0", "4", "0.04"))
        .containsEntry(key("i-2", "units"), counter("1", "2", "3"));
  }
}
