package io.tollgate.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnicodeTest {

  @ParameterizedTest(name = "{index}") // a report cannot hold them
  @ValueSource(strings = {"", "?", "plain", "é", "用户", "\ud83d\ude00", "a\ud83d\ude00b", "\uffff"})
  void wholeCharactersAreWellFormed(String text) {
    assertThat(Unicode.isWellFormed(text)).isTrue();
  }

  @ParameterizedTest(name = "{index}") // a report cannot hold them
  @ValueSource(
      strings = {
        "\ud800",
        "\udc00",
        "a\ud800",
        "\ud800a",
        "\udc00\ud800",
        "\ud83d\ude00\ud83d",
        "\ud83d\ud83d\ude00"
      })
  void halfOfAPairIsNot(String text) {
    assertThat(Unicode.isWellFormed(text)).isFalse();
  }
}
