package io.tollgate.notification.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmailPropertiesTest {

  private static String header(String from) {
    return new EmailProperties(from, "example.org").sender().internetAddress().toString();
  }

  @Test
  void aSenderIsAnAddressOrANameAndAnAddress() {
    assertThat(header("billing@exemplé.fr")).isEqualTo("billing@xn--exempl-gva.fr");
    assertThat(header("Billing <billing@example.org>")).isEqualTo("Billing <billing@example.org>");
    assertThat(header("Bills, Inc. <billing@example.org>"))
        .isEqualTo("\"Bills, Inc.\" <billing@example.org>");
    assertThat(header("计费 <billing@example.org>"))
        .isEqualTo("=?UTF-8?B?6K6h6LS5?= <billing@example.org>");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "billing@|example.org|tollgate.mail.from 'billing@': nothing after the @",
        "b@x.org, c@x.org|example.org|a blank inside",
        "čapek@x.org|example.org|not every mail server accepts non-ASCII letters before the @",
        "b@x.org|exa mple|tollgate.mail.domain 'exa mple': a blank inside"
      })
  void whatNoMailCanBearIsRefusedAtStart(String from, String domain, String reason) {
    assertThatThrownBy(() -> new EmailProperties(from, domain)).hasMessageContaining(reason);
  }

  @Test
  void aNameThatWouldAddAHeaderIsRefusedAtStart() {
    assertThatThrownBy(() -> new EmailProperties("B\r\nBcc: x <b@x.org>", "example.org"))
        .hasMessageContaining("control characters");
  }
}
