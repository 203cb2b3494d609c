package io.tollgate.store.testing;

import io.tollgate.model.AccountId;
import io.tollgate.model.event.EventCodec;
import io.tollgate.store.outbox.OutboxMessage;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The tests' one event: the n-th thing that happened to an account. */
public record Counted(int number) {

  /** The codec of the tests' topics. */
  public static final EventCodec<Counted> CODEC =
      EventCodec.of(Map.of("tollgate.test.counted.v1", Counted.class));

  /** The n-th event of an account, to be published. */
  public static OutboxMessage message(String topic, String account, int number) {
    return OutboxMessage.event(
        topic,
        AccountId.of(account),
        CODEC,
        account + "-" + number,
        Instant.parse("2026-03-01T00:00:00Z"),
        new Counted(number));
  }

  /** A topic's events under a key, each as {@code number@epoch/sequence}. */
  public static List<String> published(String topic, String account) {
    return Broker.readAll(topic).stream()
        .filter(record -> account.equals(record.key()))
        .map(record -> CODEC.decode(EventHandler.bytes(record.value())).orElseThrow())
        .map(event -> event.data().number() + "@" + event.epoch() + "/" + event.sequence())
        .toList();
  }
}
