package io.tollgate.support.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

/** Reasons that people read began with the names of Java classes. */
class CausesTest {

  @Test
  void whatOurOwnCodeSaysStandsAlone() {
    assertThat(Causes.brief(new ArithmeticException("an amount of 1 CNY\n has too many digits")))
        .isEqualTo("an amount of 1 CNY has too many digits");
  }

  @Test
  void whatComesFromElsewhereIsCalledUnexpected() {
    NoSuchElementException foreign = foreign();
    assertThat(Causes.brief(foreign))
        .isEqualTo("unexpected NoSuchElementException: No value present");
    assertThat(Causes.brief(new IllegalStateException()))
        .isEqualTo("unexpected IllegalStateException");
  }

  @Test
  void aCauseIsNamedOnce() {
    assertThat(Causes.brief(new IllegalStateException("the bill cannot be read", foreign())))
        .isEqualTo("the bill cannot be read; unexpected NoSuchElementException: No value present");
    assertThat(Causes.brief(new IllegalStateException(foreign())))
        .isEqualTo("unexpected NoSuchElementException: No value present");
    assertThat(
            Causes.brief(
                new UncheckedIOException(
                    "the bill cannot be read", new NoSuchFileException("b.json"))))
        .isEqualTo("the bill cannot be read; b.json");
    assertThat(
            Causes.brief(
                new IllegalStateException("the bill cannot be read: No value present", foreign())))
        .isEqualTo("the bill cannot be read: No value present");
  }

  @Test
  void itIsOneBoundedLineThatTheDatabaseTakes() {
    assertThat(Causes.brief(new IllegalStateException("a\0b"))).isEqualTo("a\uFFFDb");
    assertThat(Causes.brief(new IllegalStateException("x".repeat(1_000)))).hasSize(500);
  }

  private static NoSuchElementException foreign() {
    try {
      return new NoSuchElementException(List.of().stream().findAny().orElseThrow().toString());
    } catch (NoSuchElementException e) {
      return e;
    }
  }
}
