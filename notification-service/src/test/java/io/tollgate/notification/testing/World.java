package io.tollgate.notification.testing;

import io.tollgate.model.AccountId;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.RuleId;
import io.tollgate.model.event.AccountEvent;
import io.tollgate.model.event.BillingEvent;
import io.tollgate.model.event.ContactRecord;
import io.tollgate.model.event.EventCodec;
import io.tollgate.model.event.EventEnvelope;
import io.tollgate.model.event.NoticeEvent;
import io.tollgate.model.event.Topics;
import io.tollgate.testing.Wire;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What the other services publish, and what they hear. */
public final class World {

  private final Consumer<ProducerRecord<String, byte[]>> wire;
  private final Map<String, Long> sequences = new HashMap<>();

  /** The world around the shared broker. */
  public World() {
    this(Wire::append);
  }

  /** The world around a broker. */
  public World(Consumer<ProducerRecord<String, byte[]>> wire) {
    this.wire = wire;
  }

  /** An account nobody else uses. */
  public static AccountId freshAccount() {
    return AccountId.of("acc-" + UUID.randomUUID());
  }

  /** A new, open account with a contact at this address, in English. */
  public AccountId openAccount(Instant at, String... emails) {
    AccountId account = freshAccount();
    contact(account, 1, "en", emails);
    publish(
        new AccountEvent.AccountOpened(account, CurrencyCode.of("CNY"), at, new RuleId("C2.2")));
    return account;
  }

  /** The account's contacts become these. */
  public void contact(AccountId account, long version, String language, String... emails) {
    contact(new ContactRecord(account, version, "Ann", List.of(emails), language, false));
  }

  /** The account's contacts become these. */
  public void contact(ContactRecord contact) {
    AccountId account = contact.account();
    send(
        Topics.CONTACTS,
        account.value(),
        ContactRecord.CODEC.encode(
            envelope(
                ContactRecord.CODEC,
                "contact-" + account + "-" + contact.version(),
                account.value(),
                Instant.EPOCH,
                0,
                contact)));
  }

  /** Publishes an event with its account's next number; returns the record's bytes. */
  public byte[] publish(AccountEvent event) {
    return publish(Topics.ACCOUNT_EVENTS, AccountEvent.CODEC, event.account(), event.at(), event);
  }

  /** Publishes an event with its account's next number; returns the record's bytes. */
  public byte[] publish(BillingEvent event) {
    return publish(Topics.BILLING_EVENTS, BillingEvent.CODEC, event.account(), event.at(), event);
  }

  private <E> byte[] publish(
      String topic, EventCodec<E> codec, AccountId account, Instant at, E event) {
    long sequence = sequences.merge(topic + account, 1L, Long::sum);
    byte[] bytes =
        codec.encode(
            envelope(
                codec,
                topic + "-" + account + "-" + sequence,
                account.value(),
                at,
                sequence,
                event));
    send(topic, account.value(), bytes);
    return bytes;
  }

  private static <E> EventEnvelope<E> envelope(
      EventCodec<E> codec, String id, String subject, Instant at, long sequence, E event) {
    return new EventEnvelope<>(
        id,
        "tollgate/test",
        codec.typeOf(event),
        subject,
        at,
        sequence == 0 ? 0 : 1,
        sequence,
        Optional.empty(),
        event);
  }

  /** Appends a record without a value. */
  public void tombstone(String topic, String key) {
    wire.accept(new ProducerRecord<String, byte[]>(topic, key, null));
  }

  /** Appends a record and waits for the broker. */
  public void send(String topic, String key, byte[] bytes) {
    wire.accept(new ProducerRecord<>(topic, key, bytes));
  }

  /** What notification has told so far of a notice or an account, in order. */
  public static List<NoticeEvent> told(String key) {
    return Wire.heard(Topics.NOTICE_EVENTS, key, NoticeEvent.CODEC, NoticeEvent.class);
  }
}
