package io.tollgate.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FreeTextTest {

  @ParameterizedTest
  @ValueSource(strings = {"x", " letter of 1 March ", "用户来信", "cafe\u0301", "😀"})
  void whatSaysSomethingIsTaken(String text) {
    assertThat(FreeText.fault(text, 500)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "   ", "\u00a0", "\u3000", "\u200b", "\u2800 \ufeff"})
  void whatLooksEmptyIsRefused(String text) {
    assertThat(FreeText.fault(text, 500)).contains("must have 1 to 500 characters, and is blank");
  }

  @Test
  void itIsOneLineOfBoundedLength() {
    assertThat(FreeText.fault("x".repeat(10), 10)).isEmpty();
    assertThat(FreeText.fault("x".repeat(11), 10))
        .contains("must have 1 to 10 characters, and has 11");
    assertThat(FreeText.fault("a\nb", 10))
        .contains("must not have line breaks or control characters: \"a\\u000ab\"");
    assertThat(FreeText.fault("a\0", 10)).isPresent();
    assertThat(FreeText.fault("\ud800", 10)).contains(Unicode.NOT_WELL_FORMED);
  }
}
