package io.tollgate.metering.ingest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.model.event.WireMapper;
import java.io.ByteArrayOutputStream;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.List;
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
      if (lower.startsWith(PREFIX)) {
        String value = only(lower, headers.getOrEmpty(name));
        if (!first) {
          out.write(',');
        }
        first = false;
        out.writeBytes(json(lower.substring(PREFIX.length())));
        out.write(':');
        out.writeBytes(json(decoded(lower, value)));
      }
    }
    if (data.length > 0) {
      try {
        WireMapper.mapper().readTree(data);
      } catch (JacksonException e) {
        throw new PostedEvents.UnreadableBodyException("the data is not well-formed JSON");
      }
      out.writeBytes(",\"data\":".getBytes(UTF_8));
      out.writeBytes(data);
    }
    out.write('}');
    return out.toByteArray();
  }

  private static String only(String name, List<String> values) {
    if (values.size() > 1) {
      throw new PostedEvents.UnreadableBodyException(
          "the header " + name + " is given " + values.size() + " times; give it once");
    }
    return values.getFirst();
  }

  private static byte[] json(String text) {
    return WireMapper.mapper().writeValueAsBytes(text);
  }

  /** Header values are percent-encoded UTF-8. */
  private static String decoded(String name, String value) {
    byte[] bytes;
    try {
      // Byte by byte: what is not UTF-8 would become a replacement, and different texts one.
      bytes = URLDecoder.decode(value.replace("+", "%2B"), ISO_8859_1).getBytes(ISO_8859_1);
    } catch (IllegalArgumentException e) {
      return value;
    }
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new PostedEvents.UnreadableBodyException(
          "the header " + name + " must be percent-encoded UTF-8, not " + value);
    }
  }
}
