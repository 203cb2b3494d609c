package io.tollgate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WarmthTest {

  @Test
  void roundsCountAtLastHoweverShortTheyAre() {
    Warmth warmth = new Warmth(new Sizes());

    IntStream.range(0, warmth.most()).forEach(round -> assertThat(warmth.counts()).isFalse());

    assertThat(warmth.counts()).isTrue();
  }
}
