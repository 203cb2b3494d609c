package io.tollgate.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.billing.testing.Billing;
import io.tollgate.client.Answer;
import io.tollgate.model.Granularity;
import io.tollgate.testing.Routes;
import io.tollgate.testing.User;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Who may ask billing what, and that the document says what runs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessIT {
  private Billing billing;
  private String bill = "";

  @BeforeAll
  void start(@TempDir Path directory) {
    billing = Billing.start(directory, "2024-03-01T00:00");
    billing.product("vm", "HOUR", "2");
    billing.open("mine", "2024-03-01T00:00");
    billing.open("other", "2024-03-01T00:00");
    billing.usage(
        Granularity.HOUR, "mine", "i-mine", "vm", "2024-03-01T00:00", "3", 1, "2024-03-01T01:00");
    billing.closed(Granularity.HOUR, "2024-03-01T01:00", "2024-03-01T01:00");
    billing.stepTo("2024-03-01T02:00");
    bill = billing.operator().get("/v1/accounts/mine/bills").text("/items/0/bill");
  }

  @AfterAll
  void stop() {
    billing.close();
  }

  @Test
  void theDocumentNamesExactlyTheRoutesThatRunAndEachIsGranted() {
    var context = billing.service().context();
    assertThat(Routes.documented("billing")).isEqualTo(Routes.running(context));
    assertThat(Routes.granted(context)).containsAll(Routes.running(context));
  }

  @Test
  void billsAreFoundByWhatIsStillToBePaidAndByProduct() {
    assertThat(bills("?state=UNPAID")).isEqualTo(1);
    assertThat(bills("?state=PAID")).isZero();
    assertThat(bills("?product=another")).isZero();
    assertThat(billing.operator().get("/v1/accounts/mine/bills?state=OPEN").text("/detail"))
        .isEqualTo("state: must be one of UNPAID, PAID, not \"OPEN\"");
  }

  private int bills(String filter) {
    return billing.operator().get("/v1/accounts/mine/bills" + filter).body().at("/items").size();
  }

  private List<String> views(String account) {
    String base = "/v1/accounts/" + account;
    return List.of(
        base + "/balance",
        base + "/bills",
        base + "/bills/" + bill,
        base + "/bills/" + bill + "/lines",
        base + "/bills/" + bill + "/lines/1/explanation",
        base + "/penalties",
        base + "/postings",
        base + "/recharges",
        base + "/audit-trail");
  }

  @Test
  void aCustomerSeesTheirOwnAndNobodyElses() {
    for (String view : views("mine")) {
      assertThat(billing.service().customer("mine").get(view).status()).as(view).isEqualTo(200);
      assertThat(billing.service().customer("other").get(view).status()).as(view).isEqualTo(403);
      assertThat(billing.service().nobody().get(view).status()).as(view).isEqualTo(401);
    }
    User other = billing.service().customer("other");
    assertThat(other.get("/v1/accounts/other/bills/" + bill).status()).isEqualTo(404);
    assertThat(other.get("/v1/accounts/other/bills/" + bill + "/lines/1/explanation").status())
        .isEqualTo(404);
  }

  @Test
  void aCustomerMovesNoMoney() {
    User customer = billing.service().customer("mine");
    String body = "{'channel':'ALIPAY','transaction':'t-1','amount':'1'}";
    assertThat(customer.post("/v1/accounts/mine/recharges", body).status()).isEqualTo(403);
    assertThat(customer.put("/v1/accounts/mine/credit-limit", "{'amount':'9'}").status())
        .isEqualTo(403);
    assertThat(billing.service().reader().post("/v1/accounts/mine/recharges", body).status())
        .isEqualTo(403);
    assertThat(billing.balance("mine", "creditLimit")).isEqualTo("0.000000");
  }

  @Test
  void aLineExplainsItselfDownToRevisionPriceAndSplit() {
    Answer why =
        billing
            .service()
            .customer("mine")
            .get("/v1/accounts/mine/bills/" + bill + "/lines/1/explanation");
    assertThat(why.text("/line/amount")).isEqualTo("6.000000");
    assertThat(why.body().at("/usage/revision").asInt()).isEqualTo(1);
    assertThat(why.text("/usage/granularity")).isEqualTo("HOUR");
    assertThat(why.text("/usage/countedAt")).endsWith("Z");
    assertThat(why.body().at("/line/dimensions").isObject()).isTrue();
    assertThat(why.text("/line/rated/legs/0/amount")).isEqualTo("6.000000");
    assertThat(why.text("/line/rated/rounding")).isEqualTo("0.000000");
    assertThat(why.text("/line/rated/chargedBefore")).isEqualTo("0.000000");
    assertThat(why.body().at("/line/rated/legs/0/unitPrice").asString()).isEqualTo("2");
    assertThat(why.body().at("/price/version").asInt()).isEqualTo(1);
    assertThat(why.text("/price/meters/0/model/kind")).isEqualTo("PER_UNIT");
    assertThat(why.text("/price/meters/0/model/unitPrice")).isEqualTo("2");
    assertThat(why.text("/bill/rule")).isEqualTo("C2.3.2");
    assertThat(why.text("/postings/0/subAccount")).isEqualTo("PRINCIPAL");
    assertThat(why.text("/postings/0/amount")).isEqualTo("-6.000000");
  }
}
