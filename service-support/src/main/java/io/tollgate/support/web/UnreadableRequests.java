package io.tollgate.support.web;

import io.tollgate.model.Quoted;
import io.tollgate.support.failure.Causes;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.MethodParameter;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.MissingRequestValueException;
import org.springframework.web.server.ServerWebInputException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.InvalidTypeIdException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

/**
 * Explains why a body or parameter cannot be parsed: the field, the values it accepts and the value
 * received.
 */
final class UnreadableRequests {

  private static final String OURS = "io.tollgate.";
  private static final Pattern NAMED =
      Pattern.compile("(?<field>[a-z][A-Za-z]*)(?<index>\\[\\d+])?:? (?<fault>.+)");
  private static final Pattern TOKEN = Pattern.compile("JsonToken\\.([A-Z_]+)");

  private UnreadableRequests() {}

  /** The refusal by an object of one of its fields, with the place of the object in the body. */
  static ProblemException placed(ProblemException refusal, Throwable failure) {
    return find(failure, ValueInstantiationException.class)
        .filter(object -> !object.getPath().isEmpty())
        .map(object -> refusal.inside(path(object)))
        .orElse(refusal);
  }

  /** The refusal of a body's field. */
  static ProblemException field(DatabindException e) {
    if (e instanceof InvalidTypeIdException kind) {
      return kind(kind);
    }
    String message = message(e);
    Matcher named = NAMED.matcher(message);
    return named.matches() && hasField(e, named.group("field"))
        ? ProblemException.invalid(
            inside(e, named.group("field") + Objects.toString(named.group("index"), "")),
            named.group("fault"))
        : ProblemException.invalid(path(e), message);
  }

  /** Whether the object that refused itself has such a field: its words then begin with it. */
  private static boolean hasField(DatabindException e, String name) {
    return e instanceof ValueInstantiationException refused
        && refused.getType().getRawClass().isRecord()
        && Arrays.stream(refused.getType().getRawClass().getRecordComponents())
            .anyMatch(field -> field.getName().equals(name));
  }

  /** The refusal of an object whose field that says which kind it is says none there is. */
  private static ProblemException kind(InvalidTypeIdException e) {
    String found = e.getTypeId() == null ? "; is it missing?" : ", not " + Quoted.of(e.getTypeId());
    return ExpectedValues.kindsOf(e.getBaseType().getRawClass())
        .map(kinds -> ProblemException.invalid(inside(e, kinds.field()), kinds.words() + found))
        .orElseGet(() -> ProblemException.invalid(path(e), "is of an unknown kind" + found));
  }

  private static String inside(DatabindException e, String field) {
    return e.getPath().isEmpty() ? field : path(e) + "." + field;
  }

  /** The refusal of a body that is no JSON, or too much of it. */
  static ProblemException body(JacksonException e) {
    if (e instanceof StreamConstraintsException) {
      return malformed(
          "the body has a number of more than 100 characters, a string of more than 100,000"
              + " characters, or is nested more than 32 levels deep");
    }
    TokenStreamLocation place = e.getLocation();
    String text = String.valueOf(e.getOriginalMessage());
    String what =
        text.startsWith("Duplicate") ? "names a field twice" : "does not match its content type";
    return malformed(
        place == null || place.getLineNr() < 1
            ? "the body " + what
            : "the body %s, at line %d, column %d"
                .formatted(what, place.getLineNr(), place.getColumnNr()));
  }

  /** The refusal of a body of which no more is known. */
  static ProblemException malformed(String detail) {
    return new ProblemException(HttpStatus.BAD_REQUEST, "malformed-body", detail);
  }

  private static String path(DatabindException e) {
    return e.getPath().stream()
        .map(
            part ->
                part.getPropertyName() != null
                    ? part.getPropertyName()
                    : "[" + part.getIndex() + "]")
        .reduce((left, right) -> right.startsWith("[") ? left + right : left + "." + right)
        .orElse("body");
  }

  private static String message(DatabindException e) {
    return switch (e) {
      case UnrecognizedPropertyException unknown ->
          "is not a field of this request" + others(unknown);
      case InvalidFormatException bad ->
          ourWords(e.getCause())
              .orElseGet(
                  () ->
                      "%s, not %s"
                          .formatted(
                              ExpectedValues.of(bad.getTargetType()), shown(bad.getValue())));
      case MismatchedInputException wrong ->
          ourWords(e.getCause())
              .orElseGet(() -> ExpectedValues.of(wrong.getTargetType()) + found(wrong));
      default -> ourWords(e.getCause()).orElse("cannot be read");
    };
  }

  private static String others(UnrecognizedPropertyException e) {
    List<String> known =
        e.getKnownPropertyIds() == null
            ? List.of()
            : e.getKnownPropertyIds().stream().map(String::valueOf).sorted().toList();
    return known.isEmpty() ? "" : "; it has " + String.join(", ", known);
  }

  private static String shown(@Nullable Object value) {
    return value instanceof Number || value instanceof Boolean
        ? String.valueOf(value)
        : Quoted.of(String.valueOf(value));
  }

  /** What stands where the value should; the parser that knew is closed, its message remains. */
  private static String found(MismatchedInputException e) {
    String message = String.valueOf(e.getOriginalMessage());
    if (message.startsWith("Cannot map `null`")) {
      return ", not null; is it missing?";
    }
    Matcher token = TOKEN.matcher(message);
    return !token.find()
        ? ""
        : switch (token.group(1)) {
          case "START_OBJECT", "PROPERTY_NAME" -> ", not an object";
          case "START_ARRAY" -> ", not a list";
          case "VALUE_STRING" -> ", not a string";
          case "VALUE_NUMBER_INT" -> ", not a number";
          case "VALUE_NUMBER_FLOAT" -> ", not a number with a fraction";
          case "VALUE_TRUE", "VALUE_FALSE" -> ", not true or false";
          case "VALUE_NULL" -> ", not null";
          default -> "";
        };
  }

  /** The refusal of a query parameter, a header or a part of the path. */
  static ProblemException parameter(ServerWebInputException e) {
    if (e instanceof MissingRequestValueException missing) {
      return ProblemException.invalid(missing.getName(), "is missing");
    }
    MethodParameter parameter = e.getMethodParameter();
    Optional<TypeMismatchException> mismatch = find(e, TypeMismatchException.class);
    if (parameter == null || mismatch.isEmpty()) {
      return new ProblemException(
          HttpStatus.BAD_REQUEST, "invalid-request", String.valueOf(e.getReason()));
    }
    Throwable root = NestedExceptionUtils.getMostSpecificCause(e);
    return ProblemException.invalid(
        nameOf(parameter), ourWords(root).orElseGet(() -> expected(mismatch.get())));
  }

  private static String expected(TypeMismatchException e) {
    Class<?> type = e.getRequiredType();
    Object value = e.getValue();
    Throwable cause = e;
    while (cause != null) {
      if (cause instanceof ConversionFailedException failed) {
        type = failed.getTargetType().getType();
        value = failed.getValue();
      }
      cause = cause.getCause();
    }
    return "%s, not %s".formatted(ExpectedValues.of(type), Quoted.of(String.valueOf(value)));
  }

  /** As the request names it. */
  private static String nameOf(MethodParameter parameter) {
    RequestHeader header = parameter.getParameterAnnotation(RequestHeader.class);
    if (header != null && !header.name().isEmpty()) {
      return header.name();
    }
    RequestParam query = parameter.getParameterAnnotation(RequestParam.class);
    return query != null && !query.name().isEmpty()
        ? query.name()
        : String.valueOf(parameter.getParameterName());
  }

  /** What our own types say of a value; the words of others tell of our inside. */
  private static Optional<String> ourWords(@Nullable Throwable cause) {
    if (!(cause instanceof IllegalArgumentException || cause instanceof ArithmeticException)) {
      return Optional.empty();
    }
    StackTraceElement[] trace = cause.getStackTrace();
    return trace.length > 0 && trace[0].getClassName().startsWith(OURS)
        ? Optional.ofNullable(cause.getMessage())
        : Optional.empty();
  }

  private static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
    return Causes.find(failure, type);
  }
}
