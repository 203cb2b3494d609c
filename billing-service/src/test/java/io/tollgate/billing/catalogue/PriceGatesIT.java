package io.tollgate.billing.catalogue;

import static io.tollgate.billing.catalogue.RunningCatalogue.APRIL_1;
import static io.tollgate.billing.catalogue.RunningCatalogue.MARCH_1;
import static io.tollgate.billing.catalogue.RunningCatalogue.MARCH_11;
import static io.tollgate.billing.catalogue.RunningCatalogue.NOW;
import static io.tollgate.billing.catalogue.RunningCatalogue.perUnit;
import static io.tollgate.billing.catalogue.RunningCatalogue.priced;
import static io.tollgate.billing.catalogue.RunningCatalogue.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.model.NoticeId;
import io.tollgate.model.ProductId;
import io.tollgate.model.event.GateAction;
import io.tollgate.model.event.NoticeEvent;
import io.tollgate.model.event.NoticeEvent.GateKind;
import io.tollgate.store.agreement.Gates;
import io.tollgate.support.time.BusinessClock;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.test.web.reactive.server.WebTestClient;

/** What was free becomes chargeable only as a notice has announced it. */
@ExtendWith(SharedCatalogue.class)
class PriceGatesIT {

  private final RunningCatalogue catalogue;

  PriceGatesIT(RunningCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  @Test
  void whatWasFreeBecomesChargeableOnlyBehindAnOpenGate() {
    catalogue.product("gift", "DAY").expectStatus().isCreated();
    catalogue.price("gift", MARCH_1, "0").expectStatus().isCreated();
    problem(catalogue.price("gift", APRIL_1, "1"), 422, "gate-needed");
    problem(announced("gift", APRIL_1, "n-1"), 422, "gate-unknown");

    Gates gates = catalogue.bean(Gates.class);
    Instant april = Instant.parse(APRIL_1);
    publish(gates, "n-1", "gift", 2, april);
    problem(announced("gift", APRIL_1, "n-1"), 422, "gate-shut");
    publish(gates, "n-2", "another", 2, april);
    publish(gates, "n-3", "gift", 3, april);
    for (String notice : new String[] {"n-1", "n-2", "n-3"}) {
      mature(gates, notice, april);
    }
    problem(announced("gift", APRIL_1, "n-2"), 422, "gate-mismatch");
    problem(announced("gift", APRIL_1, "n-3"), 422, "gate-mismatch");
    problem(announced("gift", MARCH_11, "n-1"), 422, "gate-shut");
    assertThat(catalogue.bean(BusinessClock.class).now())
        .as("entered before it starts, once its days have run")
        .isBefore(april);
    announced("gift", APRIL_1, "n-1")
        .expectStatus()
        .isCreated()
        .expectBody()
        .jsonPath("$.notice")
        .isEqualTo("n-1");
    assertThat(
            catalogue
                .jdbc()
                .sql("select rule from audit_entry where subject_id = 'gift/2'")
                .query(String.class)
                .single())
        .isEqualTo("C2.5");
  }

  private WebTestClient.ResponseSpec announced(String product, String from, String notice) {
    String named = ", \"notice\": \"" + notice + "\"";
    return catalogue.post(
        "/v1/products/" + product + "/prices", catalogue.operator(), perUnit(from, "1", named));
  }

  /** 100 free units a day become 50: announced for this very version, and let in once. */
  @Test
  void aSmallerFreeQuotaNeedsItsOwnNoticeAndUsesItUp() {
    catalogue.product("quota", "DAY").expectStatus().isCreated();
    quota(MARCH_1, "100", "").expectStatus().isCreated();
    quota(MARCH_11, "120", "").expectStatus().isCreated();
    String april2 = "2020-04-01T16:00:00Z";
    problem(quota(APRIL_1, "50", ""), 422, "gate-needed");
    Gates gates = catalogue.bean(Gates.class);
    publish(gates, "n-quota", "quota", 3, Instant.parse(APRIL_1));
    mature(gates, "n-quota", Instant.parse(APRIL_1));
    quota(APRIL_1, "50", "n-quota").expectStatus().isCreated();
    quota(APRIL_1, "50", "n-quota").expectStatus().isOk();
    problem(quota(april2, "40", "n-quota"), 422, "gate-mismatch");
    assertThat(catalogue.count("price_version", "quota")).isEqualTo(3);
    assertThat(
            catalogue
                .jdbc()
                .sql("select count(*) from gate_use where notice_id = 'n-quota'")
                .query(Long.class)
                .single())
        .isEqualTo(1);
  }

  private WebTestClient.ResponseSpec quota(String from, String units, String notice) {
    String free = priced(from, "{\"kind\": \"PER_UNIT\", \"unitPrice\": \"1\"}", "");
    String more = notice.isEmpty() ? "" : ", \"notice\": \"" + notice + "\"";
    return catalogue.post(
        "/v1/products/quota/prices",
        catalogue.operator(),
        free.replace("}}]}", "}, \"freeAllowance\": \"" + units + "\"}]" + more + "}"));
  }

  @Test
  void aMeterThatIsNotPricedIsFreeAndNeedsAGateToo() {
    catalogue.product("meters", "DAY").expectStatus().isCreated();
    catalogue.price("meters", MARCH_1, "1").expectStatus().isCreated();
    String another =
        """
        {"effectiveFrom": "%s", "meters": [
          {"meter": "gb", "model": {"kind": "PER_UNIT", "unitPrice": "1"}},
          {"meter": "calls", "model": {"kind": "PER_UNIT", "unitPrice": "1"}}]}\
        """
            .formatted(APRIL_1);
    problem(
        catalogue.post("/v1/products/meters/prices", catalogue.operator(), another),
        422,
        "gate-needed");
    // What no notice would help is said first.
    catalogue.misfit("meters", "nowhere", APRIL_1, "meter-missing", "meter nowhere does not exist");
  }

  private static void publish(
      Gates gates, String notice, String product, int version, Instant effectAt) {
    gates.apply(
        new NoticeEvent.NoticePublished(
            NoticeId.of(notice),
            new GateAction.Price(ProductId.of(product), version),
            10,
            effectAt,
            NOW,
            GateKind.FREE_BECOMES_CHARGEABLE.rule()));
  }

  private static void mature(Gates gates, String notice, Instant effectAt) {
    GateAction action = gates.find(NoticeId.of(notice)).orElseThrow().action();
    gates.apply(
        new NoticeEvent.NoticeMatured(
            NoticeId.of(notice), action, effectAt, NOW, action.kind().rule()));
  }
}
