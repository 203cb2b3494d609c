package io.tollgate.support.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tollgate.model.Quantity;
import io.tollgate.model.Unicode;
import io.tollgate.model.event.InstantReader;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * The JSON mapper of HTTP requests and responses: strict where leniency would lose money.
 *
 * <p>Unknown and duplicate fields are rejected, a fraction never becomes a whole number, and
 * numbers are exact and bounded, so that {@code 1e400000} is a client error and costs nothing. So
 * are times, see {@link io.tollgate.model.event.Timestamps#RANGE}.
 */
final class HttpMapper {

  private static final int MAX_NUMBER_LENGTH = 100;
  private static final int MAX_STRING_LENGTH = 100_000;
  private static final int MAX_DEPTH = 32;

  private HttpMapper() {}

  static JsonMapper create() {
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNumberLength(MAX_NUMBER_LENGTH)
                    .maxStringLength(MAX_STRING_LENGTH)
                    .maxNestingDepth(MAX_DEPTH)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();
    return JsonMapper.builder(factory)
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
        .disable(DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
        .changeDefaultPropertyInclusion(
            inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_ABSENT))
        .addModule(
            new SimpleModule("bounds")
                .addDeserializer(BigDecimal.class, new BoundedDecimal())
                .addDeserializer(Instant.class, InstantReader.ofRequests())
                .addDeserializer(String.class, new WellFormedText()))
        .build();
  }

  /**
   * Reads texts; a number is none. Those that UTF-8 cannot encode would become others in keys and
   * in the database.
   */
  private static final class WellFormedText extends StdScalarDeserializer<String> {

    WellFormedText() {
      super(String.class);
    }

    @Override
    public String deserialize(JsonParser parser, DeserializationContext context) {
      if (parser.currentToken() != JsonToken.VALUE_STRING) {
        return (String) context.handleUnexpectedToken(String.class, parser);
      }
      String text = parser.getString();
      if (!Unicode.isWellFormed(text)) {
        throw ProblemException.invalid(
            Objects.requireNonNullElse(parser.currentName(), "text"), Unicode.NOT_WELL_FORMED);
      }
      return text;
    }
  }

  /** Reads decimals from JSON numbers or strings, within bounds. */
  private static final class BoundedDecimal extends StdDeserializer<BigDecimal> {

    BoundedDecimal() {
      super(BigDecimal.class);
    }

    @Override
    public BigDecimal deserialize(JsonParser parser, DeserializationContext context) {
      String text = parser.getString().strip();
      if (text.isEmpty() || text.length() > MAX_NUMBER_LENGTH) {
        return refuse(context, text);
      }
      try {
        BigDecimal value = new BigDecimal(text);
        return Quantity.withinBounds(value) ? value : refuse(context, text);
      } catch (NumberFormatException e) {
        return refuse(context, text);
      }
    }

    private static BigDecimal refuse(DeserializationContext context, String text) {
      throw context.weirdStringException(
          text, BigDecimal.class, "not a decimal of at most 24 integer and 24 fraction digits");
    }
  }
}
