package io.tollgate.support.web;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import io.tollgate.model.Requestable;
import io.tollgate.model.event.Timestamps;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Describes which values a field or parameter accepts, in terms of the API and not of Java types.
 */
final class ExpectedValues {

  private static final Set<Class<?>> WHOLE =
      Set.of(
          int.class,
          Integer.class,
          long.class,
          Long.class,
          short.class,
          Short.class,
          BigInteger.class);

  private ExpectedValues() {}

  /** {@code must be ...}, for a value that is to become one of that type. */
  static String of(@Nullable Class<?> type) {
    if (type == null) {
      return "must be another kind of value";
    }
    if (type.isEnum()) {
      return "must be one of "
          + Arrays.stream(type.getEnumConstants())
              .filter(constant -> !(constant instanceof Requestable value) || value.isRequestable())
              .map(constant -> ((Enum<?>) constant).name())
              .collect(Collectors.joining(", "));
    }
    return scalar(type)
        .orElseGet(
            () ->
                type.isArray() || Collection.class.isAssignableFrom(type)
                    ? "must be a list"
                    : "must be an object");
  }

  /**
   * The kinds of objects of a type.
   *
   * @param field the field that says which kind an object is
   * @param words {@code must be one of ...}
   */
  record Kinds(String field, String words) {}

  /** The kinds that a request may name, if the type is one of several kinds. */
  static Optional<Kinds> kindsOf(Class<?> type) {
    JsonTypeInfo info = type.getAnnotation(JsonTypeInfo.class);
    JsonSubTypes kinds = type.getAnnotation(JsonSubTypes.class);
    if (info == null || kinds == null) {
      return Optional.empty();
    }
    return Optional.of(
        new Kinds(
            info.property(),
            Arrays.stream(kinds.value())
                .map(JsonSubTypes.Type::name)
                .collect(Collectors.joining(", ", "must be one of ", ""))));
  }

  private static Optional<String> scalar(Class<?> type) {
    if (CharSequence.class.isAssignableFrom(type) || isIdentifier(type)) {
      return Optional.of("must be a string");
    }
    if (type == boolean.class || type == Boolean.class) {
      return Optional.of("must be true or false");
    }
    if (WHOLE.contains(type)) {
      return Optional.of("must be a whole number");
    }
    if (type == BigDecimal.class) {
      return Optional.of("must be a decimal of at most 24 integer and 24 fraction digits");
    }
    if (type == Instant.class) {
      return Optional.of(
          "must be a time of RFC 3339 " + Timestamps.RANGE + ", such as 2024-03-01T00:00:00Z");
    }
    if (type == LocalDate.class) {
      return Optional.of("must be a date such as 2024-03-01");
    }
    return type == Duration.class
        ? Optional.of("must be a duration of ISO 8601, such as PT24H or P15D")
        : Optional.empty();
  }

  /** One of our types that is a text in JSON. */
  private static boolean isIdentifier(Class<?> type) {
    if (!type.isRecord() || Map.class.isAssignableFrom(type)) {
      return false;
    }
    RecordComponent[] parts = type.getRecordComponents();
    return parts.length == 1
        && parts[0].getType() == String.class
        && parts[0].getAccessor().isAnnotationPresent(JsonValue.class);
  }
}
