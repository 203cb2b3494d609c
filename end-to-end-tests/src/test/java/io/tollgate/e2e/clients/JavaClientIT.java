package io.tollgate.e2e.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tollgate.client.Amount;
import io.tollgate.client.ProblemException;
import io.tollgate.client.account.AccountClient;
import io.tollgate.client.account.Contacts;
import io.tollgate.client.account.NewAccount;
import io.tollgate.client.account.NewInstance;
import io.tollgate.client.api.TollgateClient;
import io.tollgate.client.billing.Bill;
import io.tollgate.client.billing.BillingClient;
import io.tollgate.client.billing.Explanation;
import io.tollgate.client.billing.Line;
import io.tollgate.client.billing.MeterPrice;
import io.tollgate.client.billing.NewPrice;
import io.tollgate.client.billing.NewProduct;
import io.tollgate.client.billing.NewRecharge;
import io.tollgate.client.metering.MeteringClient;
import io.tollgate.client.metering.NewMeter;
import io.tollgate.client.metering.Usage;
import io.tollgate.client.metering.UsageEvent;
import io.tollgate.client.notification.Message;
import io.tollgate.client.notification.NewNotice;
import io.tollgate.client.notification.Text;
import io.tollgate.client.notification.Texts;
import io.tollgate.e2e.testing.Cloud;
import io.tollgate.e2e.testing.OnSharedCloud;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The Java client goes from the first event to the first bill and its explanation. */
@OnSharedCloud
class JavaClientIT {

  private static final String NAME = "java-client";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Test
  void anEventOfTheJavaClientIsChargedAndExplained(Cloud cloud) {
    LocalDate day = cloud.freshDay();
    Instant start = cloud.at(day + "T00:00");
    TollgateClient operator = cloud.deployment().api().asOperator();
    TollgateClient platform = cloud.deployment().api().asPlatform();
    offer(cloud, operator, start);
    open(cloud, operator.accounts(), platform.accounts());
    recharge(cloud, operator.billing());
    assertThat(platform.accounts().entitlement(NAME).mayRun()).isTrue();

    UsageEvent event =
        new UsageEvent(
            "one",
            "java-client",
            NAME,
            NAME,
            cloud.at(day + "T00:30"),
            Map.of("value", new BigDecimal("2.5")));
    platform.metering().post(List.of(event));
    platform.metering().post(List.of(event));
    cloud.advanceTo(day + "T01:00");

    assertCounted(platform.metering(), start);
    assertBilled(operator.billing());
  }

  /** A meter, a product, and a price of 0.1 for each unit. */
  private static void offer(Cloud cloud, TollgateClient operator, Instant start) {
    NewMeter summed = NewMeter.sum(NAME, NAME, "/value", "unit");
    NewMeter meter =
        new NewMeter(
            summed.meter(),
            summed.eventType(),
            summed.aggregation(),
            summed.valuePointer(),
            summed.dimensions(),
            summed.unit(),
            summed.emits(),
            Optional.of(start));
    assertThat(operator.metering().define(meter).version()).isEqualTo(1);
    assertThat(operator.metering().define(meter).version()).isEqualTo(1);
    assertThat(operator.metering().meters()).anyMatch(each -> each.meter().equals(NAME));
    var unused = operator.billing().add(NewProduct.of(NAME, "Java client", "HOUR"));
    cloud.deployment().settle();
    var price =
        operator
            .billing()
            .addPrice(
                NAME, NewPrice.of(start, List.of(MeterPrice.perUnit(NAME, new BigDecimal("0.1")))));
    assertThat(operator.billing().prices(NAME)).containsExactly(price);
    assertThat(operator.billing().products()).anyMatch(each -> each.product().equals(NAME));
    cloud.deployment().settle();
  }

  private static void open(Cloud cloud, AccountClient operator, AccountClient platform) {
    NewAccount account = new NewAccount(NAME, Optional.empty());
    assertThat(operator.open(account)).isEqualTo(operator.open(account));
    operator.replaceContacts(
        NAME, new Contacts("J. Client", List.of("j@client.example"), Optional.of("en"), false));
    cloud.deployment().settle();
    var unused = platform.register(NAME, NewInstance.of(NAME, NAME));
    assertThat(platform.instances(NAME)).singleElement().isEqualTo(platform.instance(NAME));
    cloud.deployment().settle();
    assertThat(operator.account(NAME).owed()).isEqualByComparingTo("0");
    assertThat(platform.pendingCommands(Cloud.PLATFORM)).noneMatch(c -> c.account().equals(NAME));
  }

  private static void recharge(Cloud cloud, BillingClient billing) {
    NewRecharge recharge = NewRecharge.of("ALIPAY", "java-client-1", new BigDecimal("10"));
    assertThat(billing.recharge(NAME, recharge).state()).isEqualTo("BOOKED");
    assertThat(billing.recharge(NAME, recharge).state()).isEqualTo("BOOKED");
    assertThat(billing.recharges(NAME)).hasSize(1);
    ProblemException problem =
        catchThrowableOfType(
            ProblemException.class,
            () ->
                billing.recharge(
                    NAME, NewRecharge.of("ALIPAY", "java-client-1", new BigDecimal("11"))));
    assertThat(problem.status()).isEqualTo(409);
    assertThat(problem.slug()).isNotEmpty();
    assertThat(problem.problem().path("type").asString()).endsWith(problem.slug());
    cloud.deployment().settle();
  }

  private static void assertCounted(MeteringClient metering, Instant start) {
    assertThat(metering.usage(NAME, "HOUR", start, start.plusSeconds(3_600)).map(Usage::quantity))
        .singleElement()
        .satisfies(quantity -> assertThat(quantity).isEqualByComparingTo("2.5"));
    assertThat(metering.fate("java-client", NAME, "one").fate()).isEqualTo("COUNTED");
  }

  private static void assertBilled(BillingClient billing) {
    Bill bill = billing.bills(NAME).findFirst().orElseThrow();
    assertThat(bill.amount()).isEqualByComparingTo("0.25");
    Line line = billing.lines(NAME, bill.bill()).findFirst().orElseThrow();
    Explanation explanation = billing.explanation(NAME, bill.bill(), line.number());
    assertThat(explanation.line()).isEqualTo(line);
    assertThat(explanation.postings()).isNotEmpty();
    assertThat(billing.balance(NAME).funds())
        .isEqualTo(new Amount(new BigDecimal("9.750000"), "CNY"));
  }

  @Test
  void aNoticeOfTheJavaClientIsRead(Cloud cloud) {
    String account = "java-client-inbox";
    TollgateClient operator = cloud.deployment().api().asOperator();
    var unused = operator.accounts().open(new NewAccount(account, Optional.empty()));
    cloud.deployment().settle();
    Text text = new Text("New region", "The region north is open.");

    var published =
        operator
            .notifications()
            .publish(
                new NewNotice(
                    "ANNOUNCEMENT",
                    Optional.empty(),
                    Optional.of(
                        JSON.readTree(
                            "{\"type\":\"ACCOUNTS\",\"accounts\":[\"%s\"]}".formatted(account))),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    new Texts(text, text)));
    assertThat(published.recipients()).isEqualTo(1);
    cloud.deployment().settle();

    Message message = operator.notifications().messages(account).findFirst().orElseThrow();
    assertThat(message.title()).isEqualTo("New region");
    assertThat(operator.notifications().notice(message.notice()).progress().delivered())
        .isEqualTo(1);
  }
}
