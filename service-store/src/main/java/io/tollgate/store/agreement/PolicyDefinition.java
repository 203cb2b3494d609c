package io.tollgate.store.agreement;

import io.tollgate.model.RuleId;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A policy that the agreement leaves to the provider: its name, the form of its values and its
 * default.
 *
 * @param name its stable name, e.g. {@code arrears.grace}
 * @param rule the contract rule it belongs to
 * @param description for operators
 * @param form how a value is written, for messages
 * @param defaultText the built-in value, as written
 * @param parser reads a written value; throws IllegalArgumentException or a date-time exception for
 *     a bad one
 * @param binding which changes of it are changes of terms (C3.2.10); unless told otherwise, every
 *     one
 * @param <T> the value's type
 */
public record PolicyDefinition<T>(
    String name,
    RuleId rule,
    String description,
    String form,
    String defaultText,
    Function<String, T> parser,
    Binding<T> binding) {

  /** A policy every change of which is a change of terms. */
  public PolicyDefinition(
      String name,
      RuleId rule,
      String description,
      String form,
      String defaultText,
      Function<String, T> parser) {
    this(name, rule, description, form, defaultText, parser, Binding.byAnyChange());
  }

  /** The same policy, of which other changes are changes of terms. */
  public PolicyDefinition<T> binding(Binding<T> other) {
    return new PolicyDefinition<>(name, rule, description, form, defaultText, parser, other);
  }

  /** A duration, e.g. {@code PT24H}; not negative. */
  public static PolicyDefinition<Duration> duration(
      String name, String rule, String description, String defaultText) {
    return new PolicyDefinition<>(
        name,
        new RuleId(rule),
        description,
        "an ISO 8601 duration",
        defaultText,
        PolicyDefinition::duration);
  }

  /** A whole number from {@code min} to {@code max}. */
  public static PolicyDefinition<Integer> wholeNumber(
      String name, String rule, String description, int defaultValue, int min, int max) {
    return new PolicyDefinition<>(
        name,
        new RuleId(rule),
        description,
        "a whole number from " + min + " to " + max,
        Integer.toString(defaultValue),
        text -> {
          int value = Integer.parseInt(text);
          if (value < min || value > max) {
            throw new IllegalArgumentException("out of bounds");
          }
          return value;
        });
  }

  /** A decimal from 0 to {@code max}. */
  public static PolicyDefinition<BigDecimal> decimal(
      String name, String rule, String description, String defaultText, String max) {
    return new PolicyDefinition<>(
        name,
        new RuleId(rule),
        description,
        "a decimal from 0 to " + max,
        defaultText,
        text -> {
          BigDecimal value = new BigDecimal(text);
          if (value.signum() < 0
              || value.compareTo(new BigDecimal(max)) > 0
              || value.scale() > 10) {
            throw new IllegalArgumentException("out of bounds");
          }
          return value;
        });
  }

  /** {@code true} or {@code false}. */
  public static PolicyDefinition<Boolean> flag(
      String name, String rule, String description, boolean defaultValue) {
    return new PolicyDefinition<>(
        name,
        new RuleId(rule),
        description,
        "true or false",
        Boolean.toString(defaultValue),
        text ->
            switch (text) {
              case "true" -> true;
              case "false" -> false;
              default -> throw new IllegalArgumentException("neither true nor false");
            });
  }

  /** One of an enum's names. */
  public static <E extends Enum<E>> PolicyDefinition<E> choice(
      String name, String rule, String description, Class<E> type, E defaultValue) {
    String names =
        Arrays.stream(type.getEnumConstants()).map(Enum::name).collect(Collectors.joining(", "));
    return new PolicyDefinition<>(
        name,
        new RuleId(rule),
        description,
        "one of " + names,
        defaultValue.name(),
        text -> Enum.valueOf(type, text.toUpperCase(Locale.ROOT)));
  }

  /** Any text of 1 to 200 characters. */
  public static PolicyDefinition<String> text(
      String name, String rule, String description, String defaultText) {
    return new PolicyDefinition<>(
        name,
        new RuleId(rule),
        description,
        "a string of 1 to 200 characters",
        defaultText,
        text -> {
          if (text.isBlank() || text.length() > 200) {
            throw new IllegalArgumentException("out of bounds");
          }
          return text;
        });
  }

  /** Whether a text is a value of this policy. */
  public boolean accepts(String text) {
    try {
      return parser.apply(text) != null;
    } catch (IllegalArgumentException | DateTimeException e) {
      return false;
    }
  }

  private static Duration duration(String text) {
    Duration value = Duration.parse(text);
    if (value.isNegative()) {
      throw new IllegalArgumentException("negative");
    }
    return value;
  }
}
