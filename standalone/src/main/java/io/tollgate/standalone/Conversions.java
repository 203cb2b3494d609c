package io.tollgate.standalone;

import io.tollgate.model.AccountId;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Values of options: what cannot be understood is refused with an example of what can. */
final class Conversions {

  private Conversions() {}

  /** The same command line, with these conversions. */
  static CommandLine addTo(CommandLine commandLine) {
    return commandLine
        .registerConverter(
            Duration.class, said(Duration::parse, "a duration: write e.g. P1D, PT8H or PT30M"))
        .registerConverter(
            Instant.class,
            said(
                text -> OffsetDateTime.parse(text).toInstant(),
                "an instant: write e.g. 2026-03-01T00:00:00Z or 2026-03-01T08:00:00+08:00"))
        .registerConverter(
            ZoneId.class, said(ZoneId::of, "a time zone: write e.g. Asia/Shanghai or UTC"))
        .registerConverter(AccountId.class, said(AccountId::of, "an account's id: write e.g. acme"))
        .registerConverter(Integer.class, said(Integer::valueOf, "a whole number"))
        .registerConverter(int.class, said(Integer::valueOf, "a whole number"))
        .registerConverter(long.class, said(Long::valueOf, "a whole number"));
  }

  private static <T> ITypeConverter<T> said(ITypeConverter<T> conversion, String expected) {
    return text -> {
      try {
        return conversion.convert(text);
      } catch (DateTimeException | IllegalArgumentException e) {
        throw new TypeConversionException("'%s' is not %s".formatted(text, expected));
      }
    };
  }
}
