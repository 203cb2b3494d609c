package io.tollgate.chaos.fuzz;

import io.tollgate.model.event.AccountEvent;
import io.tollgate.model.event.BillingEvent;
import io.tollgate.model.event.ContactRecord;
import io.tollgate.model.event.EventCodec;
import io.tollgate.model.event.EventEnvelope;
import io.tollgate.model.event.InstanceRecord;
import io.tollgate.model.event.MalformedEventException;
import io.tollgate.model.event.MeterDefinition;
import io.tollgate.model.event.NoticeEvent;
import io.tollgate.model.event.PricedProduct;
import io.tollgate.model.event.Topics;
import io.tollgate.model.event.UsageRecord;
import io.tollgate.model.event.UsageRevision;
import io.tollgate.model.event.WindowsClosed;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Tells records that would be believed and are not true: who may write to a topic of the system is
 * believed (docs/architecture.md), so those are not sent. What is sent must be refused, or do no
 * harm.
 */
final class Lies {

  /** No history has gaps so long: numbers beyond are refused, not believed. */
  private static final long IMPLAUSIBLE = 1_000_000;

  private static final Map<String, EventCodec<?>> CODECS =
      Map.of(
          Topics.USAGE_HOURLY, UsageRecord.CODEC,
          Topics.USAGE_DAILY, UsageRecord.CODEC,
          Topics.BILLING_EVENTS, BillingEvent.CODEC,
          Topics.ACCOUNT_EVENTS, AccountEvent.CODEC,
          Topics.NOTICE_EVENTS, NoticeEvent.CODEC,
          Topics.ACCOUNT_INSTANCES, InstanceRecord.CODEC,
          Topics.CONTACTS, ContactRecord.CODEC,
          Topics.METERS, MeterDefinition.CODEC,
          Topics.PRICES, PricedProduct.CODEC);

  private Lies() {}

  static boolean isOne(Poison poison, ConsumerRecord<byte[], byte[]> original) {
    if (poison.value().isEmpty()) {
      return Topics.COMPACTED.contains(poison.topic()) && aboutGood(poison.key());
    }
    if (poison.topic().equals(Topics.USAGE_EVENTS)) {
      return isOfLog(poison, original);
    }
    EventCodec<?> codec = CODECS.get(poison.topic());
    return codec != null
        && decoded(codec, poison).filter(e -> misleads(poison, e, original)).isPresent();
  }

  /** Time, and the usage of good accounts. */
  private static boolean isOfLog(Poison poison, ConsumerRecord<byte[], byte[]> original) {
    boolean same = Arrays.equals(poison.value().orElseThrow(), original.value());
    String text = text(poison.value());
    return text.matches("(?i)[-+0-9]{5,14}T.*Z")
        || (!same && text.contains(Cast.GOOD))
        || (text.contains(Cast.GOOD) && poison.mutation() == Mutation.HEADERS_GARBLED);
  }

  private static Optional<? extends EventEnvelope<?>> decoded(EventCodec<?> codec, Poison poison) {
    try {
      return codec.decode(poison.value().orElseThrow());
    } catch (MalformedEventException e) {
      return Optional.empty();
    }
  }

  private static boolean misleads(
      Poison poison, EventEnvelope<?> event, ConsumerRecord<byte[], byte[]> original) {
    if (event.data() instanceof UsageRecord usage) {
      return usage.generation().equals("g1") && isWhereItBelongs(poison, usage);
    }
    if (Arrays.equals(poison.value().orElseThrow(), original.value())) {
      return false;
    }
    return (event.sequence() != 0 && event.sequence() < IMPLAUSIBLE && event.epoch() < IMPLAUSIBLE)
        || aboutGood(poison.value())
        || aboutGood(poison.key());
  }

  private static boolean isWhereItBelongs(Poison poison, UsageRecord usage) {
    return switch (usage) {
      case WindowsClosed marker ->
          marker.outputPartition() == poison.partition() && marker.partition() < 4;
      case UsageRevision revision ->
          revision.account().value().equals(text(poison.key()))
              && Cast.partitionOf(revision.account().value()) == poison.partition()
              && revision.partition() < 4;
    };
  }

  private static boolean aboutGood(Optional<byte[]> bytes) {
    return text(bytes).contains(Cast.GOOD);
  }

  private static String text(Optional<byte[]> bytes) {
    return new String(bytes.orElse(new byte[0]), StandardCharsets.UTF_8);
  }
}
