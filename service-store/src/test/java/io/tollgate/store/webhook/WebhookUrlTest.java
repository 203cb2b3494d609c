package io.tollgate.store.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookUrlTest {

  private static String read(String url, boolean allowPrivate) {
    return switch (WebhookUrl.read(url, allowPrivate)) {
      case WebhookUrl.Reading.Valid valid -> valid.url().toString();
      case WebhookUrl.Reading.Invalid invalid -> invalid.fault();
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.org/commands?for=a",
        "HTTPS://Example.ORG",
        "https://a-b.example.org.:8443/",
        "https://xn--fsqu00a.xn--55qx5d/",
        "https://8.8.8.8/",
        "https://[2606:4700::1111]:65535/",
        "https://localhost.example.org/"
      })
  void aPublicHttpsUrlIsTakenAsItIs(String url) {
    assertThat(read(url, false)).isEqualTo(url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://127.0.0.1:81/", "http://localhost/", "http://[::1]/", "https://10.0.0.1/"})
  void privateAddressesAreTakenWhereASettingAllowsThem(String url) {
    assertThat(read(url, true)).isEqualTo(url);
    assertThat(read(url, false)).contains("is not public");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "http://example.org/|scheme 'http' is not https",
        "ftp://example.org/|scheme 'ftp' is not https",
        "/commands|not an absolute URL; it must begin with https://",
        "https:example.org|names no host",
        "https:///commands|names no host",
        "https://:443/|names no host",
        "https://a b/|not a URL: illegal character in authority at position 9",
        "https://example.org/#x|has a fragment (#...), which is never sent",
        "https://u@example.org/|has user information before the host; credentials do not belong in"
            + " a URL",
        "https://u:p@example.org/|has user information before the host; credentials do not belong"
            + " in a URL",
        "https://example.org:99999/|port '99999' is not a number from 1 to 65535",
        "https://example.org:0/|port '0' is not a number from 1 to 65535",
        "https://example.org:https/|port 'https' is not a number from 1 to 65535",
        "https://a_b.example.org/|host 'a_b.example.org' is not a host name: letters, digits and"
            + " hyphens between dots (others as xn--...)",
        "https://-a.example.org/|host '-a.example.org' is not a host name: letters, digits and"
            + " hyphens between dots (others as xn--...)",
        "https://例子.公司/|host '例子.公司' is not a host name: letters, digits and hyphens between dots"
            + " (others as xn--...)",
        "https://%6Cocalhost/|host '%6Cocalhost' is not a host name: letters, digits and hyphens"
            + " between dots (others as xn--...)",
        "https://2130706433/|host '2130706433' is an IP address in an unusual form; write four"
            + " numbers from 0 to 255",
        "https://0x7f000001/|host '0x7f000001' is an IP address in an unusual form; write four"
            + " numbers from 0 to 255",
        "https://0177.0.0.1/|host '0177.0.0.1' is an IP address in an unusual form; write four"
            + " numbers from 0 to 255",
        "https://127.1/|host '127.1' is an IP address in an unusual form; write four numbers from 0"
            + " to 255",
        "https://127.0.0.1./|host '127.0.0.1.' is an IP address in an unusual form; write four"
            + " numbers from 0 to 255",
        "https://256.1.1.1/|host '256.1.1.1' is an IP address in an unusual form; write four"
            + " numbers from 0 to 255",
        "https://169.254.169.254/|host '169.254.169.254' is not public (link-local)",
        "https://127.0.0.1/|host '127.0.0.1' is not public (loopback)",
        "https://0.0.0.0/|host '0.0.0.0' is not public (unspecified)",
        "https://10.1.2.3/|host '10.1.2.3' is not public (private)",
        "https://172.31.255.255/|host '172.31.255.255' is not public (private)",
        "https://192.168.0.1/|host '192.168.0.1' is not public (private)",
        "https://100.64.0.1/|host '100.64.0.1' is not public (shared address space)",
        "https://224.0.0.1/|host '224.0.0.1' is not public (multicast)",
        "https://[::1]/|host '[::1]' is not public (loopback)",
        "https://[::]/|host '[::]' is not public (unspecified)",
        "https://[::ffff:169.254.169.254]/|host '[::ffff:169.254.169.254]' is not public"
            + " (link-local)",
        "https://[::ffff:7f00:1]/|host '[::ffff:7f00:1]' is not public (loopback)",
        "https://[64:ff9b::a00:1]/|host '[64:ff9b::a00:1]' is not public (reserved)",
        "https://[2002:7f00:1::]/|host '[2002:7f00:1::]' is not public (loopback)",
        "https://[fd00:ec2::254]/|host '[fd00:ec2::254]' is not public (unique local)",
        "https://[fe80::1]/|host '[fe80::1]' is not public (link-local)",
        "https://localhost/|host 'localhost' is not public (loopback)",
        "https://api.LOCALHOST./|host 'api.LOCALHOST.' is not public (loopback)"
      })
  void anythingElseIsRefusedByItsReason(String url, String fault) {
    assertThat(read(url, false)).isEqualTo(fault);
  }

  @ParameterizedTest
  @CsvSource({"https://[fe80::1%25eth0]/", "https://[::1", "https://[1]/", "https://[v1.a]/"})
  void whatIsNoAddressInBracketsIsRefused(String url) {
    assertThat(WebhookUrl.read(url, false)).isInstanceOf(WebhookUrl.Reading.Invalid.class);
  }
}
