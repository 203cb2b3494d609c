package io.tollgate.metering.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.metering.log.Position;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Who corrects what and why: headers of a correction's record.
 *
 * @param id names the correction; the same one again changes nothing
 * @param request hash of what was asked for: another request under the same id is refused
 * @param author who asked for it
 * @param reason why
 */
public record Correction(String id, String request, String author, String reason) {

  /** The bytes of the event that is amended. */
  public static final String ORIGINAL = "tollgate-original";

  private static final String POSITION = "tollgate-position";
  private static final String ID = "tollgate-correction";
  private static final String REQUEST = "tollgate-request";
  private static final String AUTHOR = "tollgate-author";
  private static final String REASON = "tollgate-reason";

  /** Writes the headers. */
  public void write(Headers headers) {
    headers.add(ID, id.getBytes(UTF_8));
    headers.add(REQUEST, request.getBytes(UTF_8));
    headers.add(AUTHOR, author.getBytes(UTF_8));
    headers.add(REASON, reason.getBytes(UTF_8));
  }

  /** Reads the headers. */
  static Correction of(Headers headers) {
    return new Correction(
        text(headers, ID), text(headers, REQUEST), text(headers, AUTHOR), text(headers, REASON));
  }

  /** Says which event is voided or amended: its {@link Position}. */
  public static void writePosition(Headers headers, long position) {
    headers.add(POSITION, Long.toString(position).getBytes(UTF_8));
  }

  /** The position of the event a correction speaks of; -1 without one. */
  static long position(Headers headers) {
    String text = text(headers, POSITION);
    return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : -1;
  }

  /** The amended event. */
  static Optional<byte[]> original(Headers headers) {
    return Optional.ofNullable(headers.lastHeader(ORIGINAL)).map(Header::value);
  }

  private static String text(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    return header == null || header.value() == null ? "" : new String(header.value(), UTF_8);
  }
}
