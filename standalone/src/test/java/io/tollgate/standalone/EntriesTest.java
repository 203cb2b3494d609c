package io.tollgate.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.model.AccountId;
import io.tollgate.model.BillId;
import io.tollgate.model.BillingCycle;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.InstanceId;
import io.tollgate.model.Money;
import io.tollgate.model.NoticeId;
import io.tollgate.model.PlatformId;
import io.tollgate.model.ProductId;
import io.tollgate.model.RechargeId;
import io.tollgate.model.RuleId;
import io.tollgate.model.event.AccountEvent;
import io.tollgate.model.event.AccountEvent.HoldCause;
import io.tollgate.model.event.AccountEvent.HoldEffect;
import io.tollgate.model.event.AccountEvent.InstanceState;
import io.tollgate.model.event.BillingEvent;
import io.tollgate.model.event.EventCodec;
import io.tollgate.model.event.EventEnvelope;
import io.tollgate.model.event.InstanceRecord;
import io.tollgate.model.event.InstanceRecord.BillingMode;
import io.tollgate.model.event.InstanceRecord.Suspension;
import io.tollgate.model.event.NoticeEvent;
import io.tollgate.model.event.PricedProduct;
import io.tollgate.model.event.Topics;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** Only what somebody asked for over HTTP is listed to be asked for again. */
class EntriesTest {

  private static final Instant AT = Instant.parse("2026-03-01T02:00:00Z");
  private static final AccountId ANN = AccountId.of("ann");
  private static final InstanceId VM = InstanceId.of("vm-1");
  private static final ProductId PRODUCT = ProductId.of("vm");
  private static final Money TEN = Money.of("10", CurrencyCode.CNY);

  private final Entries entries = new Entries();

  private static <E> byte[] encoded(EventCodec<E> codec, E event) {
    return codec.encode(
        new EventEnvelope<>(
            "id", "test", codec.typeOf(event), "ann", AT, 1, 1, Optional.empty(), event));
  }

  private <E> void told(String topic, EventCodec<E> codec, E event) {
    entries.take(new ConsumerRecord<>(topic, 0, 7, "ann", encoded(codec, event)));
  }

  private void account(AccountEvent event) {
    told(Topics.ACCOUNT_EVENTS, AccountEvent.CODEC, event);
  }

  private void stateChanged(InstanceState to, String reason, String rule) {
    account(
        new AccountEvent.InstanceStateChanged(
            ANN, VM, PRODUCT, InstanceState.ACTIVE, to, reason, AT, RuleId.of(rule)));
  }

  @Test
  void holdsReleasesAndTerminationsAreListedWhatArrearsAndTimeBringAboutIsNot() {
    RuleId rule = RuleId.of("C3.2.12");
    account(
        new AccountEvent.HoldPlaced(
            ANN, Optional.of(VM), HoldCause.ATTACK, HoldEffect.SUSPEND, "why", AT, rule));
    account(
        new AccountEvent.HoldLifted(
            ANN, Optional.empty(), HoldCause.OPERATOR, HoldEffect.RESTRICT, "why", AT, rule));
    account(
        new AccountEvent.HoldPlaced(
            ANN, Optional.of(VM), HoldCause.ARREARS, HoldEffect.SUSPEND, "", AT, rule));
    stateChanged(InstanceState.IN_ARREARS, "owes", "C2.3");
    stateChanged(
        InstanceState.SUSPENDED, "the arrears were not paid within the grace period", "C7.3");
    stateChanged(InstanceState.RELEASING, "released by the customer", "C4.1.4");
    stateChanged(InstanceState.RELEASING, "violation", "C7.4.2");

    assertThat(entries.inOrder())
        .extracting(Entries.Entry::request)
        .containsExactly(
            "POST /v1/instances/vm-1/holds",
            "DELETE /v1/accounts/ann/holds",
            "POST /v1/instances/vm-1/release",
            "POST /v1/instances/vm-1/termination");
    assertThat(entries.inOrder().getFirst().body())
        .isEqualTo(Map.of("cause", "ATTACK", "effect", "SUSPEND", "reason", "why"));
  }

  @Test
  void aRemittanceIsConfirmedAgainAndABillComesByItself() {
    told(
        Topics.BILLING_EVENTS,
        BillingEvent.CODEC,
        new BillingEvent.RechargeBooked(
            ANN,
            RechargeId.of("rch-1"),
            "REMITTANCE",
            Optional.of("t-1"),
            TEN,
            TEN,
            TEN,
            TEN,
            TEN,
            AT.minusSeconds(60),
            AT,
            RuleId.of("C2.2")));
    told(
        Topics.BILLING_EVENTS,
        BillingEvent.CODEC,
        new BillingEvent.ArrearsBegan(
            ANN,
            ProductId.of("vm"),
            BillId.of("bill-1"),
            AT,
            TEN,
            Optional.empty(),
            AT,
            RuleId.of("C2.3")));

    assertThat(entries.inOrder())
        .containsExactly(
            new Entries.Entry(
                AT,
                "billing",
                "POST /v1/accounts/ann/recharges",
                Map.of(
                    "channel", "REMITTANCE",
                    "transaction", "t-1",
                    "amount", "10.000000",
                    "currency", "CNY",
                    "paidAt", "2026-03-01T01:59:00Z"),
                "with its payee; then confirm it with this paidAt as value date",
                "billing.events-0@7"));
  }

  @Test
  void aRecordThatCannotBeReadIsNamedByItsPlace() {
    byte[] stamped = "{\"subject\":\"ann\",\"epoch\":1,\"sequence\":9}".getBytes(UTF_8);
    entries.take(new ConsumerRecord<>(Topics.BILLING_EVENTS, 3, 7, "ann", stamped));

    assertThat(entries.inOrder())
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.request()).isEqualTo("unreadable");
              assertThat(entry.body())
                  .isEqualTo(Map.of("topic", "billing.events", "partition", "3", "offset", "7"));
            });
  }

  @Test
  void aProductIsListedWithItsPricesOrAloneAndWhatCannotBeReadBesideThem() {
    PricedProduct product =
        new PricedProduct(
            PRODUCT, BillingCycle.DAY, false, List.of(new PricedProduct.Version(1, AT, List.of())));
    told(Topics.PRICES, PricedProduct.CODEC, product);
    String json = new String(encoded(PricedProduct.CODEC, product), UTF_8);
    String none = json.replaceAll("\"versions\":\\[.*]", "\"versions\":7");
    entries.take(new ConsumerRecord<>(Topics.PRICES, 0, 8, "vm", none.getBytes(UTF_8)));
    told(
        Topics.PRICES,
        PricedProduct.CODEC,
        new PricedProduct(ProductId.of("bare"), BillingCycle.HOUR, false, List.of()));

    assertThat(none).contains("\"versions\":7");
    assertThat(entries.inOrder())
        .extracting(Entries.Entry::request)
        .containsExactlyInAnyOrder(
            "POST /v1/products/vm/prices", "unreadable", "POST /v1/products");
  }

  @Test
  void contactsAreNamedButNotShownAndNoticesAreListedWithoutTheirTexts() {
    entries.take(
        new ConsumerRecord<>(Topics.CONTACTS, 0, 7, "ann", "{\"name\":\"Ann\"}".getBytes(UTF_8)));
    told(
        Topics.NOTICE_EVENTS,
        NoticeEvent.CODEC,
        new NoticeEvent.NoticeWithdrawn(NoticeId.of("notice-1"), AT, RuleId.of("C3.2.8")));

    assertThat(entries.inOrder())
        .extracting(Entries.Entry::request)
        .containsExactlyInAnyOrder(
            "PUT /v1/accounts/ann/contacts", "POST /v1/notices/notice-1/withdrawal");
    assertThat(entries.inOrder().toString()).doesNotContain("Ann");
  }

  /**
   * Pins that an instance which was suspended after the restore point was to be registered again.
   */
  @Test
  void anInstanceThatIsOnlyPublishedAnewIsNotRegisteredAgain() {
    instance("old", AT.minusSeconds(1), List.of(new Suspension(AT, Optional.empty())));
    instance("new", AT, List.of());

    assertThat(entries.inOrder())
        .singleElement()
        .satisfies(entry -> assertThat(entry.body()).containsEntry("instance", "new"));
  }

  private void instance(String id, Instant registeredAt, List<Suspension> suspensions) {
    told(
        Topics.ACCOUNT_INSTANCES,
        InstanceRecord.CODEC,
        new InstanceRecord(
            InstanceId.of(id),
            ANN,
            PRODUCT,
            PlatformId.of("compute"),
            "",
            BillingMode.PAY_AS_YOU_GO,
            registeredAt,
            Optional.empty(),
            suspensions));
  }
}
