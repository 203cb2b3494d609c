package io.tollgate.metering.event;

import io.tollgate.model.Unicode;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;

/** Data that was posted as {@code data_base64} (CloudEvents 1.0, JSON format, 3.1). */
final class EncodedData {

  private EncodedData() {}

  /**
   * Decodes data whose content type is JSON.
   *
   * @param contentType the {@code datacontenttype}; absent means JSON
   * @throws IllegalArgumentException with the reason, for the event's author
   */
  static byte[] decoded(String base64, @Nullable String contentType) {
    if (contentType != null && !isJson(contentType)) {
      throw new IllegalArgumentException(
          "data_base64 must contain JSON, but datacontenttype is '" + contentType + "'");
    }
    byte[] data;
    try {
      data = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("data_base64 is not base64", e);
    }
    if (!EventJson.isUtf8(data) || !isWellFormed(data)) {
      throw new IllegalArgumentException("data_base64 is not the base64 of well-formed JSON");
    }
    if (EventJson.hasHalfOfAPair(data)) {
      throw new IllegalArgumentException("data_base64 " + Unicode.NOT_WELL_FORMED);
    }
    return data;
  }

  private static boolean isJson(String contentType) {
    String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return type.equals("application/json") || type.equals("text/json") || type.endsWith("+json");
  }

  private static boolean isWellFormed(byte[] data) {
    try (JsonParser parser =
        EventJson.factory().createParser(ObjectReadContext.empty(), data, 0, data.length)) {
      if (parser.nextToken() == null) {
        return false;
      }
      parser.skipChildren();
      parser.finishToken();
      return parser.nextToken() == null;
    } catch (JacksonException e) {
      return false;
    }
  }
}
