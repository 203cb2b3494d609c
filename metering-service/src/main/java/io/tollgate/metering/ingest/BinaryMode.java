package io.tollgate.metering.ingest;

import io.tollgate.model.event.WireMapper;
import java.io.ByteArrayOutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.springframework.http.HttpHeaders;
import tools.jackson.core.JacksonException;

/** CloudEvents in HTTP binary mode: attributes in {@code ce-} headers, the body is the data. */
final class BinaryMode {

  private static final String PREFIX = "ce-";

  private BinaryMode() {}

  static boolean isUsed(HttpHeaders headers) {
    return headers.getFirst("ce-specversion") != null;
  }

  /** The same event in structured mode; the data's bytes stay as they are. */
  static byte[] structured(HttpHeaders headers, byte[] data) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(data.length + 512);
    out.write('{');
    boolean first = true;
    for (String name : headers.headerNames()) {
      String lower = name.toLowerCase(Locale.ROOT);
      String value = headers.getFirst(name);
      if (lower.startsWith(PREFIX) && value != null) {
        if (!first) {
          out.write(',');
        }
        first = false;
        out.writeBytes(json(lower.substring(PREFIX.length())));
        out.write(':');
        out.writeBytes(json(decoded(value)));
      }
    }
    if (data.length > 0) {
      try {
        WireMapper.mapper().readTree(data);
      } catch (JacksonException e) {
        throw new PostedEvents.UnreadableBodyException("the data is not well-formed JSON");
      }
      out.writeBytes(",\"data\":".getBytes(StandardCharsets.UTF_8));
      out.writeBytes(data);
    }
    out.write('}');
    return out.toByteArray();
  }

  private static byte[] json(String text) {
    return WireMapper.mapper().writeValueAsBytes(text);
  }

  /** Header values are percent-encoded UTF-8. */
  private static String decoded(String value) {
    try {
      return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return value;
    }
  }
}
