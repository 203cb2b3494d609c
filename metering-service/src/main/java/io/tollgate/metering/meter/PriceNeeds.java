package io.tollgate.metering.meter;

import io.tollgate.metering.log.LogReader;
import io.tollgate.model.ProductId;
import io.tollgate.model.event.EventEnvelope;
import io.tollgate.model.event.MalformedEventException;
import io.tollgate.model.event.MeterDefinition;
import io.tollgate.model.event.PricedProduct;
import io.tollgate.model.event.Topics;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * What prices need of meters, as billing tells it: no version of a meter may take away what a price
 * in force then counts on, or its usage would reach no bill. While the prices of a product cannot
 * be read, nobody can say what they count on: then only new meters are accepted.
 *
 * <p>Read from the topic whenever a version is asked for, which is seldom.
 */
@Component
final class PriceNeeds {
  private static final Logger log = LoggerFactory.getLogger(PriceNeeds.class);

  private final LogReader reader;

  PriceNeeds(LogReader reader) {
    this.reader = reader;
  }

  /** Why a version of a meter is refused, if it is. */
  Optional<String> refusal(Optional<MeterDefinition> before, MeterDefinition next) {
    return refusal(read(reader.whole(Topics.PRICES)), before, next);
  }

  /**
   * Why a version of a meter cannot be withdrawn, if it cannot.
   *
   * @param before what would count on in its place; empty when nothing would
   */
  Optional<String> refusalToWithdraw(Optional<MeterDefinition> before, MeterDefinition last) {
    return refusalToWithdraw(read(reader.whole(Topics.PRICES)), before, last);
  }

  /** The same, given what the topic says: it is as if the version before started in its place. */
  static Optional<String> refusalToWithdraw(
      Read read, Optional<MeterDefinition> before, MeterDefinition last) {
    if (!read.unreadable().isEmpty()) {
      return Optional.of(unreadable(read));
    }
    if (before.isPresent()) {
      MeterDefinition instead = before.get().startingAt(last.effectiveFrom());
      return refusal(read.products(), Optional.of(last), instead);
    }
    return read.products().stream()
        .flatMap(
            product ->
                counting(product, last).stream()
                    .map(
                        version ->
                            "version %d of the price of product %s depends on the meter"
                                .formatted(version.version(), product.product())))
        .findFirst();
  }

  /** The same, given what the topic says. */
  static Optional<String> refusal(
      Read read, Optional<MeterDefinition> before, MeterDefinition next) {
    if (before.isPresent() && !read.unreadable().isEmpty()) {
      return Optional.of(unreadable(read));
    }
    return refusal(read.products(), before, next);
  }

  private static String unreadable(Read read) {
    return "the prices of %s cannot be read, so what they need from a meter is unknown"
        .formatted(String.join(", ", read.unreadable()));
  }

  /**
   * What the topic says.
   *
   * @param unreadable the products whose last record cannot be read
   */
  record Read(Collection<PricedProduct> products, Set<String> unreadable) {}

  /** The same, given what products need. */
  static Optional<String> refusal(
      Collection<PricedProduct> products, Optional<MeterDefinition> before, MeterDefinition next) {
    for (PricedProduct product : products) {
      Optional<PricedProduct.Version> counting = counting(product, next);
      if (counting.isEmpty()) {
        continue;
      }
      if (!next.emits().contains(product.emission())) {
        return Optional.of(
            "emits must include %s, which version %d of the price of product %s needs (it is billed by the %s); it is %s"
                .formatted(
                    product.emission(),
                    counting.get().version(),
                    product.product(),
                    product.cycle(),
                    next.emits()));
      }
      if (before.filter(version -> !version.unit().equals(next.unit())).isPresent()) {
        return Optional.of(
            "unit must stay %s: version %d of the price of product %s is per %s, not per %s"
                .formatted(
                    before.get().unit(),
                    counting.get().version(),
                    product.product(),
                    before.get().unit(),
                    next.unit()));
      }
    }
    return Optional.empty();
  }

  /** A price version that counts on the meter and is in force when its next version is. */
  private static Optional<PricedProduct.Version> counting(
      PricedProduct product, MeterDefinition next) {
    List<PricedProduct.Version> versions = product.versions();
    for (int i = 0; i < versions.size(); i++) {
      Instant until = i + 1 < versions.size() ? versions.get(i + 1).effectiveFrom() : Instant.MAX;
      if (until.isAfter(next.effectiveFrom()) && versions.get(i).meters().contains(next.meter())) {
        return Optional.of(versions.get(i));
      }
    }
    return Optional.empty();
  }

  static Read read(List<ConsumerRecord<String, byte[]>> records) {
    Map<String, PricedProduct> newest = new HashMap<>();
    Set<String> unreadable = new TreeSet<>();
    for (ConsumerRecord<String, byte[]> record : records) {
      if (record.key() == null) {
        continue;
      }
      unreadable.remove(record.key());
      if (record.value() == null) {
        newest.remove(record.key());
        continue;
      }
      try {
        PricedProduct.CODEC
            .decode(record.value())
            .map(EventEnvelope::data)
            .filter(product -> product.product().equals(ProductId.of(record.key())))
            .ifPresent(product -> newest.put(record.key(), product));
      } catch (MalformedEventException | IllegalArgumentException e) {
        log.error("The prices of {} cannot be read", record.key(), e);
        unreadable.add(record.key());
      }
    }
    return new Read(newest.values(), unreadable);
  }
}
