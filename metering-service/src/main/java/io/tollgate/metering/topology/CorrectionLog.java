package io.tollgate.metering.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What came of each correction, by its id, so that the same one again changes nothing. Remembered
 * for {@link #REMEMBERED} of business time.
 */
final class CorrectionLog {

  /** Longer than anybody repeats a request. */
  static final Duration REMEMBERED = Duration.ofDays(400);

  private final KeyValueStore<Bytes, byte[]> store;

  CorrectionLog(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
  }

  /**
   * A correction that came before.
   *
   * @param request hash of what was asked for
   */
  record Done(String request, String outcome) {}

  Optional<Done> find(String id) {
    return Optional.ofNullable(store.get(StoreKeys.text(id)))
        .map(
            value -> {
              String[] parts = new String(DatedValues.content(value), UTF_8).split(" ", 2);
              return new Done(parts[0], parts[1]);
            });
  }

  void put(String id, Done done, Instant tick) {
    store.put(
        StoreKeys.text(id),
        DatedValues.value(tick, (done.request() + " " + done.outcome()).getBytes(UTF_8)));
  }

  void expire(Instant tick) {
    DatedValues.expire(store, key -> true, tick.minus(REMEMBERED));
  }
}
