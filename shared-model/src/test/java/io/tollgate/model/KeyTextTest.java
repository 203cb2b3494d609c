package io.tollgate.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Three spellings of one transaction number were three credits. */
class KeyTextTest {

  private static String fault(String text) {
    return KeyText.fault(text, 20).orElse("");
  }

  @Test
  void ordinaryTextsOfAllLanguagesAreTaken() {
    for (String text :
        List.of("TX-17", "a", "2024 03 01/7", "付款-42", "čapek", "Ωμ", "\ud83d\ude80", "a\"b\\c")) {
      assertThat(fault(text)).as(text).isEmpty();
    }
  }

  @Test
  void aBlankAtAnEndIsRefusedAndShown() {
    assertThat(fault("TX-17 ")).isEqualTo("must not begin or end with a space: \"TX-17 \"");
    assertThat(fault(" TX-17")).isEqualTo("must not begin or end with a space: \" TX-17\"");
    assertThat(fault(" ")).startsWith("must not begin or end with a space");
    for (String blank : List.of("\t", "\n", "\u00a0", "\u2003", "\u3000", "\u2028", "\u202f")) {
      assertThat(fault("TX-17" + blank)).as("end").startsWith("must not begin or end");
      assertThat(fault(blank + "TX-17")).as("begin").startsWith("must not begin or end");
    }
    assertThat(fault("TX-17\u00a0")).endsWith("\"TX-17\\u00a0\"");
  }

  @Test
  void whatCannotBeSeenIsRefusedAndShownByItsCode() {
    for (String hidden :
        List.of(
            "\u0000", "\u0007", "\u0085", "\u00ad", "\u200b", "\u200d", "\u202e", "\ufeff",
            "\ufe0f", "\u3164", "\u2060", "\ue000", "\uffff")) {
      assertThat(fault("TX" + hidden + "17"))
          .startsWith("must not have control or invisible characters")
          .endsWith("\"TX\\u%04x17\"".formatted((int) hidden.charAt(0)));
    }
    assertThat(fault("TX\u00a017")).startsWith("must not have control or invisible characters");
  }

  @Test
  void halfASurrogatePairIsNoCharacter() {
    for (String half : List.of("\ud800", "a\ud800b", "\udc00", "\udc00\ud800", "a\ud83d")) {
      assertThat(fault(half)).isEqualTo(Unicode.NOT_WELL_FORMED);
    }
  }

  @Test
  void anotherSpellingOfTheSameLetterIsRefused() {
    assertThat(fault("cafe\u0301")).startsWith("must be in Unicode normalisation form C");
    assertThat(fault("caf\u00e9")).isEmpty();
    assertThat(fault("\u212b")).startsWith("must be in Unicode normalisation form C");
  }

  @Test
  void lengthIsBounded() {
    assertThat(fault("")).isEqualTo("must have 1 to 20 characters, and has none");
    assertThat(fault("x".repeat(20))).isEmpty();
    assertThat(fault("x".repeat(21))).isEqualTo("must have 1 to 20 characters, and has 21");
  }

  @Test
  void anIdentifierThatIsNoneIsQuotedWithItsFault() {
    assertThatThrownBy(() -> AccountId.of("acme "))
        .hasMessage(
            "an account's id must be 1 to 128 of A-Z a-z 0-9 . _ : - and start with a letter or"
                + " digit: \"acme \" has a blank at an end");
    assertThatThrownBy(() -> AccountId.of("")).hasMessageEndingWith(": \"\" is empty");
    assertThatThrownBy(() -> AccountId.of("a\u200bb")).hasMessageEndingWith(": \"a\\u200bb\"");
    assertThatThrownBy(() -> AccountId.of("x".repeat(129)))
        .hasMessageEndingWith("...\" has 129 characters");
  }
}
