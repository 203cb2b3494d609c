package io.tollgate.metering.log;

import io.tollgate.support.web.Page;
import io.tollgate.support.web.Paging;
import java.util.ArrayList;
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

  /**
   * A page of a topic's records, oldest first in each partition.
   *
   * @param view how a record is shown; empty for one that is left out
   */
  public <T> Page<T> page(
      String topic,
      Optional<Integer> limit,
      Optional<String> cursor,
      Function<ConsumerRecord<String, byte[]>, Optional<T>> view) {
    int size = Paging.limit(limit);
    LogReader.Place from = cursor.map(LogPages::after).orElse(LogReader.Place.BEGIN);
    List<Shown<T>> shown = new ArrayList<>();
    List<ConsumerRecord<String, byte[]>> found;
    do {
      found = reader.from(topic, from, size + 1);
      for (ConsumerRecord<String, byte[]> record : found) {
        LogReader.Place place = new LogReader.Place(record.partition(), record.offset());
        view.apply(record).ifPresent(item -> shown.add(new Shown<>(place, item)));
        from = new LogReader.Place(place.partition(), place.offset() + 1);
      }
    } while (found.size() > size && shown.size() <= size);
    Page<Shown<T>> page =
        Page.of(
            shown, size, last -> Paging.cursor(last.place().partition(), last.place().offset()));
    return new Page<>(page.items().stream().map(Shown::item).toList(), page.nextCursor());
  }

  private record Shown<T>(LogReader.Place place, T item) {}

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
