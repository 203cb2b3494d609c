package io.tollgate.metering.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What came of each correction, by its id, so that the same one again changes nothing; and for
 * which request an id was taken. Both are kept for ever, as an {@code Idempotency-Key} never
 * expires.
 *
 * <p>The outcome is with the instance that is corrected, the claim in the id's own partition: so
 * one id is one correction, whatever instance it names.
 */
final class CorrectionLog {

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
              String[] parts = new String(value, UTF_8).split(" ", 2);
              return new Done(parts[0], parts[1]);
            });
  }

  void put(String id, Done done) {
    store.put(StoreKeys.text(id), (done.request() + " " + done.outcome()).getBytes(UTF_8));
  }

  /**
   * Takes an id for a request, unless another request has it.
   *
   * @param request hash of what is asked for
   * @return whether the request has the id
   */
  boolean claim(String id, String request) {
    Bytes key = StoreKeys.claim(id);
    byte[] owner = store.get(key);
    if (owner == null) {
      store.put(key, request.getBytes(UTF_8));
      return true;
    }
    return new String(owner, UTF_8).equals(request);
  }
}
