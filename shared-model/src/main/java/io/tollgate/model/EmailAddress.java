package io.tollgate.model;

import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An e-mail address that can be written to, and the one rule of what is one: whoever keeps an
 * address and whoever sends to it read it here, so that neither takes what the other refuses.
 *
 * <p>The part before the @ is a dot-atom of RFC 5322 (with letters beyond ASCII, RFC 6531), the
 * part after it a host name of at least two labels, which may be internationalized (IDNA). Quoted
 * local parts, comments and address literals are refused: no customer's mailbox needs them, and
 * programs disagree about what they mean.
 *
 * @param localPart what stands before the @, exactly as written
 * @param domain what stands after it, in its ASCII form (A-labels)
 */
public record EmailAddress(String localPart, String domain) {

  /** Longest address as it is sent, in bytes (RFC 5321, 4.5.3.1.3 and erratum 1690). */
  public static final int MAX_BYTES = 254;

  private static final int MAX_LOCAL_BYTES = 64;
  private static final int MAX_LABEL = 63;

  /** What else separates the labels of a domain (RFC 3490, 3.1). */
  private static final String OTHER_DOTS = "[\\u3002\\uFF0E\\uFF61]";

  private static final String LOCAL_MARKS = "!#$%&'*+-/=?^_`{|}~";

  /** Letters that IDNA 2003 maps to others and IDNA 2008 keeps: which host is meant is unsure. */
  private static final String AMBIGUOUS = "ß\u1E9Eς";

  /** What came of reading a text as an e-mail address. */
  public sealed interface Reading {

    /** It is one. */
    record Valid(EmailAddress address) implements Reading {}

    /**
     * Not a valid address.
     *
     * @param fault what is wrong with it, for its author; does not repeat the address
     */
    record Invalid(String fault) implements Reading {}
  }

  /** Reads a text as an e-mail address. */
  public static Reading read(String text) {
    Optional<String> unfit = unfitText(text);
    if (unfit.isPresent()) {
      return new Reading.Invalid(unfit.get());
    }
    int at = text.indexOf('@');
    String localPart = text.substring(0, at);
    Optional<String> fault = localFault(localPart);
    return fault.isPresent()
        ? new Reading.Invalid(fault.get())
        : withDomain(localPart, text.substring(at + 1));
  }

  private static Reading withDomain(String localPart, String domain) {
    String dotted = domain.replaceAll(OTHER_DOTS, ".");
    Optional<String> fault = writtenDomainFault(dotted);
    if (fault.isPresent()) {
      return new Reading.Invalid(fault.get());
    }
    String ascii;
    try {
      ascii = isAscii(dotted) ? dotted : IDN.toASCII(dotted, IDN.USE_STD3_ASCII_RULES);
    } catch (IllegalArgumentException e) {
      return new Reading.Invalid(
          "the domain after the @ is not a valid internationalized host name");
    }
    EmailAddress address = new EmailAddress(localPart, ascii.toLowerCase(Locale.ROOT));
    return labelFault(address.domain())
        .or(address::lengthFault)
        .<Reading>map(Reading.Invalid::new)
        .orElseGet(() -> new Reading.Valid(address));
  }

  /**
   * The texts without those that name the same mailbox as one before them, so that nobody gets a
   * mail twice. Domains compare without letter case and in their ASCII form; of local parts only
   * the receiving host knows which are the same (RFC 5321, 2.4), so they compare as written. A text
   * that is no address is the same as itself only.
   */
  public static List<String> distinct(List<String> texts) {
    Map<String, String> byMailbox = new LinkedHashMap<>();
    texts.forEach(text -> byMailbox.putIfAbsent(mailbox(text), text));
    return List.copyOf(byMailbox.values());
  }

  private static String mailbox(String text) {
    return switch (read(text)) {
      case Reading.Valid valid -> valid.address().wireForm();
      case Reading.Invalid invalid -> text;
    };
  }

  /** The address as it is sent. */
  public String wireForm() {
    return localPart + "@" + domain;
  }

  /** Whether only a mail server that offers SMTPUTF8 (RFC 6531) can take it. */
  public boolean needsUtf8() {
    return !isAscii(localPart);
  }

  /** Nothing of the address, so that contact data cannot reach a log by accident. */
  @Override
  public String toString() {
    return "EmailAddress";
  }

  private Optional<String> lengthFault() {
    return bytes(wireForm()) > MAX_BYTES
        ? Optional.of("longer than " + MAX_BYTES + " bytes as it is sent")
        : Optional.empty();
  }

  private static Optional<String> unfitText(String text) {
    if (text.isEmpty()) {
      return Optional.of("empty");
    }
    if (text.codePoints().anyMatch(EmailAddress::isInvisible)) {
      return Optional.of("a control or invisible character");
    }
    if (isBlank(text.codePointAt(0))) {
      return Optional.of("a blank at the beginning");
    }
    if (isBlank(text.codePointBefore(text.length()))) {
      return Optional.of("a blank at the end");
    }
    if (text.codePoints().anyMatch(EmailAddress::isBlank)) {
      return Optional.of("a blank inside");
    }
    if (text.indexOf('"') >= 0) {
      return Optional.of("quotation marks are not supported");
    }
    return switch ((int) text.chars().filter(c -> c == '@').count()) {
      case 0 -> Optional.of("no @");
      case 1 -> Optional.empty();
      default -> Optional.of("more than one @");
    };
  }

  private static Optional<String> localFault(String local) {
    if (local.isEmpty()) {
      return Optional.of("nothing before the @");
    }
    if (local.startsWith(".")) {
      return Optional.of("a dot at the beginning");
    }
    if (local.endsWith(".")) {
      return Optional.of("a dot right before the @");
    }
    if (local.contains("..")) {
      return Optional.of("two dots in a row before the @");
    }
    if (bytes(local) > MAX_LOCAL_BYTES) {
      return Optional.of("more than " + MAX_LOCAL_BYTES + " bytes before the @");
    }
    return local
        .codePoints()
        .filter(c -> !isLocal(c))
        .mapToObj(c -> "'" + Character.toString(c) + "' is not allowed before the @")
        .findFirst();
  }

  private static Optional<String> writtenDomainFault(String domain) {
    if (domain.isEmpty()) {
      return Optional.of("nothing after the @");
    }
    if (domain.startsWith("[")) {
      return Optional.of("an address literal after the @ is not supported; give a host name");
    }
    if (domain.startsWith(".")) {
      return Optional.of("a dot right after the @");
    }
    if (domain.endsWith(".")) {
      return Optional.of("a dot at the end");
    }
    if (domain.contains("..")) {
      return Optional.of("two dots in a row after the @");
    }
    return domain
        .codePoints()
        .filter(c -> AMBIGUOUS.indexOf(c) >= 0)
        .mapToObj(
            c ->
                "'" + Character.toString(c) + "' after the @ is ambiguous; write that part xn--...")
        .findFirst();
  }

  private static Optional<String> labelFault(String domain) {
    String[] labels = domain.split("\\.");
    if (labels.length < 2) {
      return Optional.of("the domain after the @ has no dot");
    }
    for (String label : labels) {
      if (!isHostLabel(label)) {
        return Optional.of(
            "'"
                + label
                + "' after the @ is not a valid part of a host name: 1 to 63 letters, digits and"
                + " hyphens, no hyphen at either end");
      }
    }
    return labels[labels.length - 1].chars().allMatch(Character::isDigit)
        ? Optional.of("an IP address after the @ is not supported; give a host name")
        : Optional.empty();
  }

  private static boolean isHostLabel(String label) {
    return !label.isEmpty()
        && label.length() <= MAX_LABEL
        && !label.startsWith("-")
        && !label.endsWith("-")
        && label.chars().allMatch(c -> isAsciiLetterOrDigit(c) || c == '-');
  }

  private static boolean isLocal(int c) {
    return c < 0x80
        ? c == '.' || isAsciiLetterOrDigit(c) || LOCAL_MARKS.indexOf(c) >= 0
        : Character.isDefined(c) && Character.getType(c) != Character.PRIVATE_USE;
  }

  private static boolean isAsciiLetterOrDigit(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  private static boolean isBlank(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  /** Control and format characters and halves of pairs; those for scripts that join letters too. */
  private static boolean isInvisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
