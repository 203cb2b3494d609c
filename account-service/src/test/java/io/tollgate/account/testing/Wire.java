package io.tollgate.account.testing;

import io.tollgate.embedded.SharedInfrastructure;
import io.tollgate.model.AccountId;
import io.tollgate.model.BillId;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.Money;
import io.tollgate.model.NoticeId;
import io.tollgate.model.RuleId;
import io.tollgate.model.event.AccountEvent;
import io.tollgate.model.event.BillingEvent;
import io.tollgate.model.event.EventCodec;
import io.tollgate.model.event.EventEnvelope;
import io.tollgate.model.event.NoticeEvent;
import io.tollgate.model.event.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What the other services tell, and what the account service told. */
public final class Wire {

  private static final RuleId RULE = new RuleId("C2.3");
  private static final Money SIXTY = Money.of("60.00", CurrencyCode.CNY);

  private Wire() {}

  /** Billing tells that an account owes. */
  public static void arrearsBegan(String account, String dueAt) {
    Instant at = Instant.parse(dueAt);
    billing(
        account,
        new BillingEvent.ArrearsBegan(
            AccountId.of(account), new BillId("bill-1"), at, SIXTY, at, RULE));
  }

  /** Billing tells that another bill is the earliest unpaid one. */
  public static void arrearsRetimed(String account, String dueAt, String at) {
    billing(
        account,
        new BillingEvent.ArrearsRetimed(
            AccountId.of(account),
            new BillId("bill-2"),
            Instant.parse(dueAt),
            SIXTY,
            Instant.parse(at),
            RULE));
  }

  /** Billing tells that everything owed is paid but this penalty. */
  public static void arrearsCleared(String account, String penalty, String at) {
    billing(
        account,
        new BillingEvent.ArrearsCleared(
            AccountId.of(account), Money.of(penalty, CurrencyCode.CNY), Instant.parse(at), RULE));
  }

  /** Notification tells that a warning reached the inbox. */
  public static void delivered(String account, String warning, String at) {
    send(
        Topics.NOTICE_EVENTS,
        account,
        NoticeEvent.CODEC,
        new NoticeEvent.NoticeDelivered(
            NoticeId.of("notice-" + UUID.randomUUID()),
            AccountId.of(account),
            Optional.of(warning),
            Instant.parse(at),
            RULE));
  }

  private static void billing(String account, BillingEvent event) {
    send(Topics.BILLING_EVENTS, account, BillingEvent.CODEC, event);
  }

  private static <E> void send(String topic, String account, EventCodec<E> codec, E event) {
    byte[] bytes =
        codec.encode(
            new EventEnvelope<>(
                UUID.randomUUID().toString(),
                "tollgate/test",
                codec.typeOf(event),
                account,
                Accounts.START,
                0,
                0,
                Optional.empty(),
                event));
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", bootstrap()),
            new StringSerializer(),
            new ByteArraySerializer())) {
      var unused = producer.send(new ProducerRecord<>(topic, account, bytes));
      producer.flush();
    }
  }

  /** Everything told of an account, in order. */
  public static List<AccountEvent> told(String account) {
    return records(Topics.ACCOUNT_EVENTS).stream()
        .filter(record -> account.equals(record.key()))
        .flatMap(record -> AccountEvent.CODEC.decode(record.value()).stream())
        .map(EventEnvelope::data)
        .toList();
  }

  /** Events of one kind told of an account, in order. */
  public static <E extends AccountEvent> List<E> told(String account, Class<E> kind) {
    return told(account).stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** All committed records of a topic with a key, in order. */
  public static List<ConsumerRecord<String, byte[]>> records(String topic, String key) {
    return records(topic).stream().filter(record -> key.equals(record.key())).toList();
  }

  private static List<ConsumerRecord<String, byte[]>> records(String topic) {
    Map<String, Object> config =
        Map.of("bootstrap.servers", bootstrap(), "isolation.level", "read_committed");
    try (var consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> all =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(all);
      consumer.seekToBeginning(all);
      Map<TopicPartition, Long> ends = consumer.endOffsets(all);
      List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        consumer.poll(Duration.ofMillis(100)).forEach(found::add);
      }
      return found;
    }
  }

  private static String bootstrap() {
    return SharedInfrastructure.kafka().bootstrapServers();
  }
}
