package io.tollgate.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.billing.testing.Billing;
import io.tollgate.model.Granularity;
import io.tollgate.model.Money;
import io.tollgate.model.event.BillingEvent;
import io.tollgate.model.event.Topics;
import io.tollgate.testing.Wire;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The customer is told before the balance is used up (C2.2, C7.3). */
class LowBalanceIT extends BillingTest {

  @Override
  List<String> accounts() {
    return List.of();
  }

  /**
   * Three hours after the opening a bill of 40 leaves 60: 320 a day, so that 60 last four and a
   * half hours. Told once; the customer may look at any time.
   */
  @Test
  void theForecastComesFromTheBurnOfTheLastDays() {
    LocalDateTime opened = beginAnHour();
    billing.open("burns", opened.toString());
    var unused = billing.recharge("burns", "burns-1", "100");
    assertThat(setLowBalance("burns", "forecast", "{'days':3}").text("/forecastDays"))
        .isEqualTo("3");
    useForAnHour("burns", opened.plusHours(2), "40");
    billing.stepTo(opened.plusHours(4).toString());

    assertThat(lowBalances("burns"))
        .singleElement()
        .satisfies(
            told -> {
              assertThat(told.reason()).isEqualTo(BillingEvent.LowBalance.Reason.FORECAST);
              assertThat(told.available().toString()).isEqualTo("60.000000 CNY");
              assertThat(told.at()).isEqualTo(Billing.local(opened.plusHours(3).toString()));
              assertThat(told.exhaustedAt())
                  .contains(Billing.local(opened.plusMinutes(450).toString()));
            });
    assertThat(
            billing
                .service()
                .customer("burns")
                .get("/v1/accounts/burns/low-balance")
                .text("/available/amount"))
        .isEqualTo("60.000000");
    assertThat(setLowBalance("burns", "forecast", "{'days':91}").status()).isEqualTo(400);
    assertThat(listed(true).at("/burns/lowBalance").toString()).isEqualTo("[\"FORECAST\"]");
  }

  /** 20 less the 6 that the open month has come to are below 15, though nothing was billed. */
  @Test
  void whatAnOpenMonthHasComeToCountsAgainstTheThreshold() {
    LocalDate day = now().toLocalDate().plusDays(1);
    String end = day.plusDays(1) + "T00:00";
    billing.stepTo(day + "T00:00");
    billing.open("monthly", day + "T00:00");
    billing.product("month-vm", "MONTH", "1");
    var unused = billing.recharge("monthly", "monthly-1", "20");
    unused = setLowBalance("monthly", "threshold", "{'amount':'15'}");
    billing.usage(Granularity.DAY, "monthly", "i-monthly", "month-vm", day + "T00:00", "6", 1, end);
    billing.closed(Granularity.DAY, end, end);
    billing.stepTo(end);

    assertThat(lowBalances("monthly"))
        .singleElement()
        .satisfies(
            told -> {
              assertThat(told.reason()).isEqualTo(BillingEvent.LowBalance.Reason.THRESHOLD);
              assertThat(told.available().toString()).isEqualTo("14.000000 CNY");
              assertThat(told.threshold()).map(Money::toString).contains("15.000000 CNY");
            });

    unused = billing.recharge("monthly", "monthly-2", "5");
    billing.stepTo(day.plusDays(1) + "T01:00");
    // 19 is above: told again only after it was.
    unused = setLowBalance("monthly", "threshold", "{'amount':'20'}");
    billing.stepTo(day.plusDays(1) + "T02:00");
    assertThat(lowBalances("monthly")).hasSize(2);
    assertThat(listed(true).at("/monthly/lowBalance").toString()).isEqualTo("[\"THRESHOLD\"]");
    assertThat(listed(true).at("/monthly/funds/amount").asString()).isEqualTo("25.000000");
    assertThat(listed(false).has("monthly")).isFalse();
    unused = billing.recharge("monthly", "monthly-3", "50");
    billing.stepTo(day.plusDays(1) + "T03:00");
    assertThat(listed(true).has("monthly")).isFalse();
    assertThat(listed(false).at("/monthly/lowBalance").toString()).isEqualTo("[]");
  }

  /** What operators see in the list of accounts, by account. */
  private ObjectNode listed(boolean lowBalance) {
    ObjectNode byAccount = JsonNodeFactory.instance.objectNode();
    billing
        .operator()
        .get("/v1/accounts?limit=1000&lowBalance=" + lowBalance)
        .body()
        .at("/items")
        .forEach(item -> byAccount.set(item.at("/account").asString(), item));
    return byAccount;
  }

  private static List<BillingEvent.LowBalance> lowBalances(String account) {
    return Wire.heard(
        Topics.BILLING_EVENTS, account, BillingEvent.CODEC, BillingEvent.LowBalance.class);
  }
}
