package io.tollgate.notification.testing;

import io.tollgate.embedded.SharedInfrastructure;
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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What the other services publish, and what they hear. */
public final class World implements AutoCloseable {

  private final KafkaProducer<String, byte[]> producer;
  private final Map<String, Long> sequences = new HashMap<>();

  /** The world around the shared broker. */
  public World() {
    this(SharedInfrastructure.kafka().bootstrapServers());
  }

  /** The world around a broker. */
  public World(String broker) {
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker), new StringSerializer(), new ByteArraySerializer());
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
    ContactRecord contact =
        new ContactRecord(account, version, "Ann", List.of(emails), language, false);
    send(
        Topics.CONTACTS,
        account.value(),
        ContactRecord.CODEC.encode(
            envelope(
                ContactRecord.CODEC,
                "contact-" + account + "-" + version,
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
    append(new ProducerRecord<String, byte[]>(topic, key, null));
  }

  /** Appends a record and waits for the broker. */
  public void send(String topic, String key, byte[] bytes) {
    append(new ProducerRecord<>(topic, key, bytes));
  }

  private void append(ProducerRecord<String, byte[]> record) {
    try {
      producer.send(record).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the broker did not take the record", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** What notification has told so far of a notice or an account, in order. */
  public static List<NoticeEvent> told(String key) {
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers",
            SharedInfrastructure.kafka().bootstrapServers(),
            "isolation.level",
            "read_committed");
    try (var consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topics.NOTICE_EVENTS).stream()
              .map(info -> new TopicPartition(Topics.NOTICE_EVENTS, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      List<NoticeEvent> events = new ArrayList<>();
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (var record : consumer.poll(Duration.ofMillis(100))) {
          if (key.equals(record.key())) {
            NoticeEvent.CODEC.decode(record.value()).ifPresent(event -> events.add(event.data()));
          }
        }
      }
      return events;
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
