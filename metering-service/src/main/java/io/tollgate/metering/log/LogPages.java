package io.tollgate.metering.log;

import io.tollgate.support.web.Page;
import io.tollgate.support.web.Paging;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.stereotype.Component;

/** Topics as pages of HTTP lists; a cursor is the place of the last record shown. */
@Component
public final class LogPages {

  private final LogReader reader;

  LogPages(LogReader reader) {
    this.reader = reader;
  }

  /** A page of a topic's records, oldest first in each partition. */
  public <T> Page<T> page(
      String topic,
      Optional<Integer> limit,
      Optional<String> cursor,
      Function<ConsumerRecord<String, byte[]>, Optional<T>> view) {
    int size = Paging.limit(limit);
    LogReader.Place from = cursor.map(LogPages::after).orElse(LogReader.Place.BEGIN);
    List<ConsumerRecord<String, byte[]>> found = reader.from(topic, from, size + 1);
    Page<ConsumerRecord<String, byte[]>> page =
        Page.of(found, size, record -> Paging.cursor(record.partition(), record.offset()));
    return new Page<>(
        page.items().stream().map(view).flatMap(Optional::stream).toList(), page.nextCursor());
  }

  private static LogReader.Place after(String cursor) {
    List<String> key = Paging.key(cursor, 2);
    try {
      return new LogReader.Place(
          Integer.parseUnsignedInt(key.get(0)), Long.parseUnsignedLong(key.get(1)) + 1);
    } catch (NumberFormatException e) {
      throw Paging.notACursor();
    }
  }
}
