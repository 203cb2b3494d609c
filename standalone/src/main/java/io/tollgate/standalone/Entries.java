package io.tollgate.standalone;

import io.tollgate.model.Instants;
import io.tollgate.model.event.AccountEvent;
import io.tollgate.model.event.BillingEvent;
import io.tollgate.model.event.EventEnvelope;
import io.tollgate.model.event.InstanceRecord;
import io.tollgate.model.event.MalformedEventException;
import io.tollgate.model.event.NoticeEvent;
import io.tollgate.model.event.PricedProduct;
import io.tollgate.model.event.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What people and platforms entered over HTTP, found in records that a restore took back.
 *
 * <p>Everything else in those records was brought about by usage and time, which bring it about
 * again.
 */
final class Entries {

  private static final String UNREADABLE = "unreadable";

  private static final String REGISTRATION = "/instances";

  private final List<Entry> entries = new ArrayList<>();
  private final AccountEntries accounts = new AccountEntries(this);

  /** The earliest time at which an instance was published. */
  private Instant firstPublished = Instant.MAX;

  /**
   * A request to make again.
   *
   * @param at the business instant at which it took effect
   * @param service the service it goes to; empty when the record cannot be read
   * @param request method and path, or {@link #UNREADABLE}
   * @param body its body, as far as the record tells it
   * @param remark what the record does not tell; empty when the body is complete
   * @param found topic, partition and offset of the record
   */
  record Entry(
      Instant at,
      String service,
      String request,
      Map<String, String> body,
      String remark,
      String found) {}

  void take(ConsumerRecord<String, byte[]> record) {
    String found = record.topic() + "-" + record.partition() + "@" + record.offset();
    try {
      read(record, found);
    } catch (MalformedEventException e) {
      entries.add(
          new Entry(
              Instant.ofEpochMilli(record.timestamp()),
              "",
              UNREADABLE,
              fields(
                  "topic", record.topic(),
                  "partition", Integer.toString(record.partition()),
                  "offset", Long.toString(record.offset())),
              "no service wrote it, or it was damaged",
              found));
    }
  }

  private void read(ConsumerRecord<String, byte[]> record, String found) {
    switch (record.topic()) {
      case Topics.BILLING_EVENTS ->
          BillingEvent.CODEC.decode(record.value()).ifPresent(e -> billing(e.data(), found));
      case Topics.ACCOUNT_EVENTS ->
          AccountEvent.CODEC.decode(record.value()).ifPresent(e -> accounts.take(e.data(), found));
      case Topics.ACCOUNT_INSTANCES -> instance(record.value(), found);
      case Topics.CONTACTS -> contacts(record, found);
      case Topics.PRICES -> prices(record.value(), found);
      case Topics.NOTICE_EVENTS ->
          NoticeEvent.CODEC.decode(record.value()).ifPresent(e -> notice(e.data(), found));
      default -> throw new IllegalArgumentException("nobody enters " + record.topic());
    }
  }

  /** In the order in which they took effect; an account before what belongs to it. */
  List<Entry> inOrder() {
    dropWhatWasRegisteredBefore();
    entries.sort(
        Comparator.comparing(Entry::at)
            .thenComparing(entry -> !entry.request().equals("POST /v1/accounts"))
            .thenComparing(entry -> !entry.service().equals(Service.ACCOUNT.label())));
    return entries;
  }

  private void billing(BillingEvent event, String found) {
    switch (event) {
      case BillingEvent.RechargeBooked e -> recharge(e, found);
      case BillingEvent.RechargeReversed e ->
          add(
              e.at(),
              Service.BILLING,
              "POST /v1/recharges/" + e.recharge() + "/reversal",
              fields("reversal", e.reversal().orElse(null)),
              e.reversal().isPresent() ? "" : "the channel knows the reversal's number",
              found);
      case BillingEvent.RemittanceRejected e ->
          add(
              e.at(),
              Service.BILLING,
              "POST /v1/recharges/" + e.recharge() + "/rejection",
              fields("reason", e.reason()),
              "",
              found);
      case BillingEvent.BillBooked e -> {}
      case BillingEvent.BillAdjusted e -> {}
      case BillingEvent.ArrearsBegan e -> {}
      case BillingEvent.ArrearsRetimed e -> {}
      case BillingEvent.ArrearsCleared e -> {}
      case BillingEvent.PenaltyAccrued e -> {}
      case BillingEvent.DebtStated e -> {}
      case BillingEvent.ForceMajeureDeclared e -> {}
      case BillingEvent.LowBalance e -> {}
      case BillingEvent.AdjustmentBooked e -> {}
      case BillingEvent.PriceChanged e -> {}
    }
  }

  private void recharge(BillingEvent.RechargeBooked e, String found) {
    String remark =
        e.transaction().isEmpty()
            ? "the channel knows the transaction's number"
            : e.channel().equals("REMITTANCE")
                ? "with its payee; then confirm it with this paidAt as value date"
                : "";
    add(
        e.at(),
        Service.BILLING,
        "POST /v1/accounts/" + e.account() + "/recharges",
        fields(
            "channel", e.channel(),
            "transaction", e.transaction().orElse(null),
            "amount", e.amount().amount().toPlainString(),
            "currency", e.amount().currency().value(),
            "paidAt", e.valueTime().toString()),
        remark,
        found);
  }

  private void instance(byte @Nullable [] value, String found) {
    if (value == null) {
      return;
    }
    InstanceRecord.CODEC
        .decode(value)
        .filter(event -> event.data().endedAt().isEmpty())
        .ifPresent(event -> registration(event, found));
  }

  /**
   * An instance is published anew when it is suspended; only what is later can be a registration.
   */
  private void registration(EventEnvelope<InstanceRecord> event, String found) {
    InstanceRecord instance = event.data();
    firstPublished = Instants.earlier(firstPublished, event.time());
    add(
        instance.registeredAt(),
        Service.ACCOUNT,
        "POST /v1/accounts/" + instance.account() + REGISTRATION,
        fields(
            "instance", instance.instance().value(),
            "product", instance.product().value(),
            "specification", instance.specification().isEmpty() ? null : instance.specification(),
            "mode", instance.mode().name(),
            "platform", instance.platform().value()),
        "",
        found);
  }

  /**
   * Everything that is read happened after the restored state, so what was registered before the
   * earliest of it is in that state.
   */
  private void dropWhatWasRegisteredBefore() {
    Instant earliest =
        entries.stream()
            .filter(entry -> !entry.request().endsWith(REGISTRATION))
            .map(Entry::at)
            .reduce(firstPublished, Instants::earlier);
    entries.removeIf(
        entry -> entry.request().endsWith(REGISTRATION) && entry.at().isBefore(earliest));
  }

  /** What it costs is told nowhere else. */
  private void prices(byte @Nullable [] value, String found) {
    if (value == null) {
      return;
    }
    PricedProduct.CODEC
        .decode(value)
        .ifPresent(
            event -> {
              PricedProduct product = event.data();
              if (product.versions().isEmpty()) {
                add(
                    event.time(),
                    Service.BILLING,
                    "POST /v1/products",
                    fields("product", product.product().value(), "cycle", product.cycle().name()),
                    "an operator must enter its name",
                    found);
                return;
              }
              PricedProduct.Version last = product.versions().getLast();
              add(
                  event.time(),
                  Service.BILLING,
                  "POST /v1/products/" + product.product() + "/prices",
                  fields("effectiveFrom", last.effectiveFrom().toString()),
                  "prices %s; an operator must enter the amounts".formatted(last.meters()),
                  found);
            });
  }

  /** Contact data is on its topic and nowhere else, so it is not printed. */
  private void contacts(ConsumerRecord<String, byte[]> record, String found) {
    boolean removed = record.value() == null;
    add(
        Instant.ofEpochMilli(record.timestamp()),
        Service.ACCOUNT,
        (removed ? "DELETE" : "PUT") + " /v1/accounts/" + record.key() + "/contacts",
        fields(),
        removed ? "" : "ask the customer: contact data is not listed",
        found);
  }

  private void notice(NoticeEvent event, String found) {
    switch (event) {
      case NoticeEvent.NoticePublished e ->
          add(
              e.at(),
              Service.NOTIFICATION,
              "POST /v1/notices",
              fields(
                  "notice", e.notice().value(),
                  "gate", e.action().kind().name(),
                  "action", e.action().description(),
                  "effectAt", e.effectAt().toString()),
              "its texts are not in the event; publish it again, and its notice period starts"
                  + " again",
              found);
      case NoticeEvent.NoticeWithdrawn e ->
          add(
              e.at(),
              Service.NOTIFICATION,
              "POST /v1/notices/" + e.notice() + "/withdrawal",
              fields(),
              "",
              found);
      case NoticeEvent.NoticeDelivered e -> {}
      case NoticeEvent.NoticeMatured e -> {}
    }
  }

  void add(
      Instant at,
      Service service,
      String request,
      Map<String, String> body,
      String remark,
      String found) {
    entries.add(new Entry(at, service.label(), request, body, remark, found));
  }

  static Map<String, String> fields(@Nullable String... namesAndValues) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      String name = namesAndValues[i];
      String value = namesAndValues[i + 1];
      if (name != null && value != null) {
        fields.put(name, value);
      }
    }
    return fields;
  }
}
