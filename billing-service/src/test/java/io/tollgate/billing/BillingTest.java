package io.tollgate.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.billing.testing.Billing;
import io.tollgate.client.Answer;
import io.tollgate.model.BillingCalendar;
import io.tollgate.model.Granularity;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A class of tests against one running service, with what moves money. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BillingTest {

  /** The service, which has a product vm that costs 1 a unit. */
  Billing billing;

  @BeforeAll
  void start(@TempDir Path directory) {
    billing = Billing.start(directory, "2024-03-01T00:00");
    billing.product("vm", "HOUR", "1");
    billing.open(accounts(), "2024-03-01T00:00");
  }

  /** Those that are open when the tests begin; no other class has one of their names. */
  abstract List<String> accounts();

  @AfterAll
  void stop() {
    billing.close();
  }

  LocalDateTime now() {
    return LocalDateTime.ofInstant(billing.service().now(), BillingCalendar.SHANGHAI.zone());
  }

  /** Steps the clock to the next full hour, so that a test has hours of its own; local time. */
  LocalDateTime beginAnHour() {
    LocalDateTime hour = now().plusHours(1).truncatedTo(ChronoUnit.HOURS);
    billing.stepTo(hour.toString());
    return hour;
  }

  /** An hour's usage of product vm, and that the hour is over. */
  void useForAnHour(String account, LocalDateTime hour, String quantity) {
    String end = hour.plusHours(1).toString();
    billing.usage(
        Granularity.HOUR, account, "i-" + account, "vm", hour.toString(), quantity, 1, end);
    billing.closed(Granularity.HOUR, end, end);
    billing.stepTo(end);
  }

  Answer report(String account, String body) {
    return billing.operator().post("/v1/accounts/" + account + "/recharges", body);
  }

  /** A remittance without a payee. */
  Answer enter(String account, String transaction, String amount) {
    return report(
        account,
        "{'channel':'REMITTANCE','transaction':'%s','amount':'%s'}".formatted(transaction, amount));
  }

  Answer remit(String transaction, String payee) {
    return billing
        .operator()
        .post(
            "/v1/remittances",
            "{'transaction':'%s','amount':'7.5','payee':'%s'}".formatted(transaction, payee));
  }

  void assign(String account, String payee) {
    assertThat(
            billing
                .operator()
                .put("/v1/payee-accounts/" + payee, "{'account':'%s'}".formatted(account))
                .status())
        .isEqualTo(200);
  }

  Answer decide(Answer recharge, String decision, String body) {
    return billing
        .operator()
        .post("/v1/recharges/" + recharge.text("/recharge") + "/" + decision, body);
  }

  Answer setLowBalance(String account, String what, String body) {
    return billing
        .service()
        .customer(account)
        .put("/v1/accounts/" + account + "/low-balance-" + what, body);
  }
}
