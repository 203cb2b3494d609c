package io.tollgate.billing.charging;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.billing.usage.CycleKey;
import io.tollgate.model.AccountId;
import io.tollgate.model.ProductId;
import io.tollgate.model.Window;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DueCycleTest {
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final Instant END = Instant.parse("2026-03-01T01:00:00Z");

  @Test
  void aBatchHasNoMoreWindowsThanFitAndOneCycleAtLeast() {
    List<DueCycle> cycles = List.of(cycle("a", 300), cycle("b", 300), cycle("c", 1), cycle("d", 0));
    assertThat(DueCycle.within(601, cycles)).isEqualTo(cycles);
    assertThat(DueCycle.within(600, cycles)).isEqualTo(cycles.subList(0, 2));
    assertThat(DueCycle.within(599, cycles)).isEqualTo(cycles.subList(0, 1));
    assertThat(DueCycle.within(10, cycles)).isEqualTo(cycles.subList(0, 1));
    assertThat(DueCycle.within(10, List.of())).isEmpty();
  }

  private static DueCycle cycle(String account, long windows) {
    return new DueCycle(
        new CycleKey(AccountId.of(account), ProductId.of("p"), START),
        new Window(START, END),
        START,
        END,
        windows);
  }
}
