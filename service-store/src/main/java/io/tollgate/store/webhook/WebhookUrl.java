package io.tollgate.store.webhook;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Defines what is a valid webhook URL, at registration and before every delivery. */
final class WebhookUrl {

  private static final int MAX_LENGTH = 2_000;
  private static final int MAX_PORT = 65_535;
  private static final Pattern AUTHORITY =
      Pattern.compile("(?<host>\\[[^\\]]*]|[^:]*)(?::(?<port>.*))?", Pattern.DOTALL);
  private static final Pattern NAME =
      Pattern.compile(
          "(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)*"
              + "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.?");

  /**
   * What programs take for an IPv4 address: its last part is a number, also an octal or hex one.
   */
  private static final Pattern NUMERIC =
      Pattern.compile("(?:.*\\.)?(?:[0-9]+|0[xX][0-9A-Fa-f]*)\\.?");

  private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
  private static final Pattern DOTTED_QUAD = Pattern.compile("(?:" + OCTET + "\\.){3}" + OCTET);

  private WebhookUrl() {}

  /** The result of parsing a webhook URL. */
  sealed interface Reading {

    /** A valid URL. */
    record Valid(URI url) implements Reading {}

    /**
     * Not a valid URL.
     *
     * @param fault what is wrong with it, for its author
     */
    record Invalid(String fault) implements Reading {}
  }

  /**
   * Reads the URL of a webhook; asks no DNS.
   *
   * @param allowPrivate whether it may lead to addresses that are not public
   */
  static Reading read(String text, boolean allowPrivate) {
    if (text.length() > MAX_LENGTH) {
      return new Reading.Invalid("longer than " + MAX_LENGTH + " characters");
    }
    URI url;
    try {
      url = new URI(text);
    } catch (URISyntaxException e) {
      return new Reading.Invalid(
          "not a URL: " + e.getReason().toLowerCase(Locale.ROOT) + " at position " + e.getIndex());
    }
    return fault(url, allowPrivate)
        .<Reading>map(Reading.Invalid::new)
        .orElseGet(() -> new Reading.Valid(url));
  }

  private static Optional<String> fault(URI url, boolean allowPrivate) {
    if (url.getScheme() == null) {
      return Optional.of("not an absolute URL; it must begin with https://");
    }
    String authority = url.getRawAuthority();
    if (authority == null) {
      return Optional.of("names no host");
    }
    if (url.getRawFragment() != null) {
      return Optional.of("has a fragment (#...), which is never sent");
    }
    if (authority.indexOf('@') >= 0) {
      return Optional.of(
          "has user information before the host; credentials do not belong in a URL");
    }
    Matcher parts = AUTHORITY.matcher(authority);
    if (!parts.matches()) {
      return Optional.of("host and port cannot be parsed");
    }
    String host = parts.group("host");
    return portFault(parts.group("port"))
        .or(() -> hostFault(host, allowPrivate))
        .or(() -> schemeFault(url.getScheme(), host, allowPrivate));
  }

  private static Optional<String> portFault(@org.jspecify.annotations.Nullable String port) {
    if (port == null || port.isEmpty()) {
      return Optional.empty();
    }
    boolean valid =
        port.matches("[0-9]{1,5}")
            && Integer.parseInt(port) >= 1
            && Integer.parseInt(port) <= MAX_PORT;
    return valid
        ? Optional.empty()
        : Optional.of("port '" + port + "' is not a number from 1 to " + MAX_PORT);
  }

  private static Optional<String> hostFault(String host, boolean allowPrivate) {
    if (host.isEmpty()) {
      return Optional.of("names no host");
    }
    if (host.startsWith("[")) {
      return literalFault(host, host.substring(1, host.length() - 1), allowPrivate);
    }
    if (DOTTED_QUAD.matcher(host).matches()) {
      return literalFault(host, host, allowPrivate);
    }
    if (NUMERIC.matcher(host).matches()) {
      return Optional.of(
          "host '"
              + host
              + "' is an IP address in an unusual form; write four numbers from 0 to 255");
    }
    if (!NAME.matcher(host).matches()) {
      return Optional.of(
          "host '"
              + host
              + "' is not a host name: letters, digits and hyphens between dots (others as"
              + " xn--...)");
    }
    return isLocalName(host) && !allowPrivate
        ? Optional.of(notPublic(host, "loopback"))
        : Optional.empty();
  }

  private static Optional<String> literalFault(String host, String literal, boolean allowPrivate) {
    InetAddress address;
    try {
      address = AddressKind.literal(literal);
    } catch (IllegalArgumentException e) {
      return Optional.of("host '" + host + "' is not an IP address");
    }
    return allowPrivate
        ? Optional.empty()
        : AddressKind.notPublic(address).map(kind -> notPublic(host, kind));
  }

  /** Says why an address that is not public is refused. */
  static String notPublic(String host, String kind) {
    return "host '" + host + "' is not public (" + kind + ")";
  }

  private static boolean isLocalName(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.matches("(.*\\.)?localhost\\.?");
  }

  private static Optional<String> schemeFault(String scheme, String host, boolean allowPrivate) {
    boolean isProtected =
        scheme.equalsIgnoreCase("https")
            || (scheme.equalsIgnoreCase("http") && allowPrivate && isOwnMachine(host));
    return isProtected ? Optional.empty() : Optional.of("scheme '" + scheme + "' is not https");
  }

  private static boolean isOwnMachine(String host) {
    return isLocalName(host) || host.equals("127.0.0.1") || host.equals("[::1]");
  }
}
