package io.tollgate.support.web;

import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;

/** The content coding of a request body (RFC 9110, 8.4.1). */
enum ContentCoding {
  GZIP {
    @Override
    InputStream unpack(byte[] body) {
      return new GzipBody(body);
    }
  },
  DEFLATE {
    @Override
    InputStream unpack(byte[] body) {
      return new DeflatedBody(body);
    }
  };

  /** What the header {@code Accept-Encoding} of a refusal says. */
  static final String ACCEPTED = "gzip, deflate, identity";

  /** A coding by its name; empty when it is not known. */
  static Optional<ContentCoding> named(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "gzip", "x-gzip" -> Optional.of(GZIP);
      case "deflate" -> Optional.of(DEFLATE);
      default -> Optional.empty();
    };
  }

  /**
   * The unpacked body, unpacked while it is read: whoever stops reading has spent nothing on the
   * rest.
   *
   * @throws ProblemException 400 while reading, when it is damaged or cut off
   */
  abstract InputStream unpack(byte[] body);
}
