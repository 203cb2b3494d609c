package io.tollgate.billing.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BoundedTest {

  @Test
  void aBatchHasNoMorePartsThanFitAndOneItemAtLeast() {
    List<Long> items = List.of(300L, 300L, 1L, 0L);
    assertThat(first(601, items)).isEqualTo(items);
    assertThat(first(600, items)).containsExactly(300L, 300L);
    assertThat(first(599, items)).containsExactly(300L);
    assertThat(first(10, items)).containsExactly(300L);
    assertThat(first(10, List.of())).isEmpty();
  }

  private static List<Long> first(long most, List<Long> items) {
    return Bounded.first(most, items, Long::longValue);
  }
}
