package io.tollgate.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.model.EmailAddress.Reading;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {

  private static String read(String text) {
    return switch (EmailAddress.read(text)) {
      case Reading.Valid valid -> valid.address().wireForm();
      case Reading.Invalid invalid -> invalid.fault();
    };
  }

  @ParameterizedTest
  @CsvSource({
    "a@example.org, a@example.org",
    "Ann.Lee+bills@Example.ORG, Ann.Lee+bills@example.org",
    "o'brien!#$%&*-/=?^_`{|}~@example.org, o'brien!#$%&*-/=?^_`{|}~@example.org",
    "a@b-c.d1.co, a@b-c.d1.co",
    "compta@exemplé.fr, compta@xn--exempl-gva.fr",
    "compta@EXEMPLÉ.fr, compta@xn--exempl-gva.fr",
    "a@xn--exempl-gva.fr, a@xn--exempl-gva.fr",
    "用户@例子.公司, 用户@xn--fsqu00a.xn--55qx5d",
    "用户@例子。公司, 用户@xn--fsqu00a.xn--55qx5d",
    "a@mixed.例子.org, a@mixed.xn--fsqu00a.org",
    "š@example.org, š@example.org",
    "čapek@example.org, čapek@example.org"
  })
  void anAddressKeepsItsLocalPartAndIsSentToTheAsciiFormOfItsDomain(String text, String wire) {
    assertThat(read(text)).isEqualTo(wire);
  }

  @Test
  void onlyALocalPartBeyondAsciiNeedsAServerThatTakesUtf8() {
    assertThat(address("compta@exemplé.fr").needsUtf8()).isFalse();
    assertThat(address("čapek@example.org").needsUtf8()).isTrue();
  }

  private static EmailAddress address(String text) {
    return ((Reading.Valid) EmailAddress.read(text)).address();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "a..b@x.org|two dots in a row before the @",
        ".a@x.org|a dot at the beginning",
        "a.@x.org|a dot right before the @",
        "a@x.|a dot at the end",
        "a@x.org.|a dot at the end",
        "a@.x.org|a dot right after the @",
        "a@x..org|two dots in a row after the @",
        "a@x|the domain after the @ has no dot",
        "a@|nothing after the @",
        "@x.org|nothing before the @",
        "a|no @",
        "a@b@x.org|more than one @",
        " a@x.org|a blank at the beginning",
        "a@x.org |a blank at the end",
        "a@x.org\u3000|a blank at the end",
        "a b@x.org|a blank inside",
        "\"a b\"@x.org|a blank inside",
        "\"a\"@x.org|quotation marks are not supported",
        "a,b@x.org|',' is not allowed before the @",
        "Ann<a@x.org|'<' is not allowed before the @",
        "a(b)@x.org|'(' is not allowed before the @",
        "a@[127.0.0.1]|an address literal after the @ is not supported; give a host name",
        "a@[IPv6:::1]|an address literal after the @ is not supported; give a host name",
        "a@127.0.0.1|an IP address after the @ is not supported; give a host name",
        "a@straße.de|'ß' after the @ is ambiguous; write that part xn--...",
        "a@x_y.org|'x_y' after the @ is not a valid part of a host name: 1 to 63 letters, digits"
            + " and hyphens, no hyphen at either end",
        "a@-x.org|'-x' after the @ is not a valid part of a host name: 1 to 63 letters, digits and"
            + " hyphens, no hyphen at either end",
        "a@é_y.org|the domain after the @ is not a valid internationalized host name",
        "a@😀é.org|the domain after the @ is not a valid internationalized host name",
        "a@x>.org|'x>' after the @ is not a valid part of a host name: 1 to 63 letters, digits and"
            + " hyphens, no hyphen at either end"
      })
  void whatIsNoAddressIsRefusedByItsFault(String text, String fault) {
    assertThat(read(text)).isEqualTo(fault);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\r\nBcc: b@x.org",
        "a@x.org\n",
        "a\u0000@x.org",
        "a\u200Bb@x.org",
        "\uFEFFa@x.org",
        "a@x\u202E.org",
        "\uD800@x.org",
        "a\u0085@x.org"
      })
  void whatNobodySeesIsRefused(String text) {
    assertThat(read(text)).isEqualTo("a control or invisible character");
  }

  @Test
  void partsAreBoundedAsTheyAreSent() {
    assertThat(read("a".repeat(64) + "@x.org")).endsWith("@x.org");
    assertThat(read("a".repeat(65) + "@x.org")).isEqualTo("more than 64 bytes before the @");
    assertThat(read("户".repeat(21) + "@x.org")).endsWith("@x.org");
    assertThat(read("户".repeat(22) + "@x.org")).isEqualTo("more than 64 bytes before the @");
    assertThat(read("a@" + "b".repeat(63) + ".org")).endsWith(".org");
    assertThat(read("a@" + "b".repeat(64) + ".org"))
        .contains("1 to 63 letters, digits and hyphens");
    String labels = ("b".repeat(60) + ".").repeat(4);
    assertThat(read("a@" + labels + "org")).endsWith("org");
    assertThat(read("a".repeat(12) + "@" + labels + "org"))
        .isEqualTo("longer than 254 bytes as it is sent");
  }

  /** Each spelling of one mailbox got a mail of its own. */
  @Test
  void theSameMailboxIsKeptOnce() {
    assertThat(
            EmailAddress.distinct(
                List.of("Ann@EXAMPLE.com", "Ann@example.com", "Ann@Example.Com", "bob@x.org")))
        .containsExactly("Ann@EXAMPLE.com", "bob@x.org");
    assertThat(EmailAddress.distinct(List.of("a@例子.公司", "a@XN--fsqu00a.xn--55qx5d")))
        .containsExactly("a@例子.公司");
    assertThat(EmailAddress.distinct(List.of("Ann@x.org", "ann@x.org")))
        .containsExactly("Ann@x.org", "ann@x.org");
    assertThat(EmailAddress.distinct(List.of("no address", "No address", "no address")))
        .containsExactly("no address", "No address");
  }
}
