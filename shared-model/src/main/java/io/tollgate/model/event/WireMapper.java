package io.tollgate.model.event;

import java.time.Instant;
import java.util.Optional;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * The one JSON mapper of event records.
 *
 * <p>Numbers stay exact decimals, amounts are written plainly, times are RFC 3339 texts, a fraction
 * never becomes a whole number. Of a record's fields only optional ones may be missing. Unknown
 * fields are ignored, so that old and new versions run side by side.
 */
public final class WireMapper {

  private static final int MAX_NUMBER_LENGTH = 100;
  private static final int MAX_STRING_LENGTH = 1_000_000;
  private static final int MAX_DEPTH = 32;

  private static final JsonMapper MAPPER = build();

  private WireMapper() {}

  /** The mapper; immutable and safe to share. */
  public static JsonMapper mapper() {
    return MAPPER;
  }

  private static JsonMapper build() {
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNumberLength(MAX_NUMBER_LENGTH)
                    .maxStringLength(MAX_STRING_LENGTH)
                    .maxNestingDepth(MAX_DEPTH)
                    .build())
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();
    return JsonMapper.builder(factory)
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
        .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
        .disable(DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
        .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
        .annotationIntrospector(new OnlyOptionalsMayBeMissing())
        .addModule(new SimpleModule().addDeserializer(Instant.class, InstantReader.ofRecords()))
        .build();
  }

  /** An older writer did not know every optional field; any other that is missing is refused. */
  private static final class OnlyOptionalsMayBeMissing extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
      return member.getRawType() != Optional.class;
    }
  }
}
