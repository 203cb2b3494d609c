package io.tollgate.notification.email;

import io.tollgate.model.EmailAddress;
import jakarta.mail.internet.InternetAddress;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How e-mail looks from outside; refused at start when it could not be sent.
 *
 * @param from the sender: an address, or a name and the address in angle brackets
 * @param domain right side of every Message-ID, a host name
 */
@ConfigurationProperties("tollgate.mail")
public record EmailProperties(
    @DefaultValue("billing@tollgate.example") String from,
    @DefaultValue("tollgate.example") String domain) {

  private static final Pattern NAMED =
      Pattern.compile("(?<name>[^<>]*[^<> ]) *<(?<address>[^<>]*)>");

  /** Refuses a sender or a domain that no mail can bear. */
  public EmailProperties {
    domain = ascii("tollgate.mail.domain", domain, "id@" + domain).domain();
    Sender unused = sender(from);
  }

  /**
   * Who sends.
   *
   * @param name shown beside the address; may be empty
   * @param address in ASCII, so that every mail server takes it
   */
  record Sender(String name, EmailAddress address) {

    InternetAddress internetAddress() {
      try {
        return new InternetAddress(
            address.wireForm(), name.isEmpty() ? null : name, StandardCharsets.UTF_8.name());
      } catch (UnsupportedEncodingException e) {
        throw new IllegalStateException("every Java has UTF-8", e);
      }
    }
  }

  /** The sender, taken apart. */
  Sender sender() {
    return sender(from);
  }

  private static Sender sender(String from) {
    if (from.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("tollgate.mail.from must not have control characters");
    }
    Matcher named = NAMED.matcher(from);
    return named.matches()
        ? new Sender(
            named.group("name").strip(), ascii("tollgate.mail.from", from, named.group("address")))
        : new Sender("", ascii("tollgate.mail.from", from, from));
  }

  private static EmailAddress ascii(String setting, String value, String address) {
    return switch (EmailAddress.read(address)) {
      case EmailAddress.Reading.Valid valid when !valid.address().needsUtf8() -> valid.address();
      case EmailAddress.Reading.Valid valid ->
          throw new IllegalArgumentException(
              setting
                  + " '"
                  + value
                  + "': not every mail server accepts non-ASCII letters before the @");
      case EmailAddress.Reading.Invalid invalid ->
          throw new IllegalArgumentException(setting + " '" + value + "': " + invalid.fault());
    };
  }
}
