package io.tollgate.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.client.Answer;
import io.tollgate.model.event.BillingEvent;
import io.tollgate.model.event.Topics;
import io.tollgate.support.web.Paging;
import io.tollgate.testing.Wire;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Remittances wait for an operator, and payee accounts say whose they are (C2.2). */
class RemittanceIT extends BillingTest {

  @Override
  List<String> accounts() {
    return List.of(
        "payer-1", "payer-2", "payer-3", "payer-8", "payer-9", "payer-10", "payer-11", "payer-12");
  }

  @Test
  void aRemittanceToTheCustomersPayeeAccountWaitsForItsConfirmation() {
    assign("payer-3", "6222-0003");
    Answer waiting = remit("wire-1", "6222-0003");
    assertThat(waiting.text("/state")).isEqualTo("PENDING");
    assertThat(waiting.text("/account")).isEqualTo("payer-3");
    assertThat(billing.balance("payer-3", "funds")).isEqualTo("0.000000");
    assertThat(remit("wire-1", "6222-0003").text("/state")).isEqualTo("PENDING");

    Answer confirmed = decide(waiting, "confirmation", "{}");

    assertThat(confirmed.text("/state")).isEqualTo("BOOKED");
    assertThat(billing.balance("payer-3", "funds")).isEqualTo("7.500000");
    assertThat(decide(waiting, "rejection", "{'reason':'too late'}").status()).isEqualTo(409);
    assertThat(remit("wire-1", "6222-0003").text("/state")).isEqualTo("BOOKED");
    assertThat(billing.balance("payer-3", "funds")).isEqualTo("7.500000");
  }

  @Test
  void aRemittanceToAnUnknownPayeeWaitsUntilItIsAssignedAndCountsOnce() {
    Answer unmatched = remit("wire-2", "SOMEBODY-ELSE");
    assertThat(unmatched.text("/state")).isEqualTo("UNMATCHED");
    assertThat(decide(unmatched, "confirmation", "{}").status()).isEqualTo(422);

    String assignment = "{'account':'payer-10','reason':'the name on the slip'}";
    assertThat(decide(unmatched, "assignment", assignment).text("/state")).isEqualTo("PENDING");
    assertThat(decide(unmatched, "assignment", assignment).text("/account")).isEqualTo("payer-10");
    assertThat(decide(unmatched, "assignment", "{'account':'payer-1','reason':'no, his'}").status())
        .isEqualTo(409);
    assertThat(decide(unmatched, "confirmation", "{}").text("/state")).isEqualTo("BOOKED");

    assertThat(remit("wire-2", "SOMEBODY-ELSE").text("/state")).isEqualTo("BOOKED");
    assertThat(billing.balance("payer-10", "funds")).isEqualTo("7.500000");
  }

  /** Pins that a remittance entered for an account, without a payee, was nobody's. */
  @Test
  void aRemittanceThatNamesNoPayeeIsWhoseItWasEnteredFor() {
    String slip = "{'channel':'REMITTANCE','transaction':'wire-10','amount':'3'}";
    Answer entered = billing.operator().post("/v1/accounts/payer-8/recharges", slip);
    assertThat(entered.text("/state")).isEqualTo("PENDING");
    assertThat(entered.text("/account")).isEqualTo("payer-8");
    assertThat(transactions("payer-8")).contains("wire-10");
    assertThat(billing.operator().post("/v1/accounts/payer-9/recharges", slip).text("/type"))
        .endsWith("/recharge-conflict");
    assertThat(decide(entered, "confirmation", "{}").text("/state")).isEqualTo("BOOKED");
  }

  /** It showed among the first account's, and was gone from there when it was another's. */
  @Test
  void aRemittanceToAnUnknownPayeeIsNobodysWhoeverItWasEnteredFor() {
    Answer entered = enter("payer-8", "8.5");
    assertThat(entered.text("/state")).isEqualTo("UNMATCHED");
    assertThat(entered.body().path("account").asString("")).isEmpty();
    assertThat(entered.text("/enteredFor")).isEqualTo("payer-8");
    assertThat(enter("payer-8", "8.5").body()).isEqualTo(entered.body());
    assertThat(enter("payer-9", "8.5").status()).isEqualTo(409);
    assertThat(waiting(entered).text("/enteredFor")).isEqualTo("payer-8");
    assertThat(enter("payer-8", "8.6").status()).isEqualTo(409);
    assertThat(transactions("payer-8")).doesNotContain("wire-9");

    String assignment = "{'account':'payer-9','reason':'the name on the slip'}";
    assertThat(decide(entered, "assignment", assignment).text("/account")).isEqualTo("payer-9");
    // That it was entered for another customer is not for this one to see.
    assertThat(transactions("payer-9")).contains("wire-9").doesNotContain("payer-8");
    assertThat(transactions("payer-8")).doesNotContain("wire-9");
    assertThat(enter("payer-8", "8.5").status()).isEqualTo(409);
    assertThat(
            billing
                .service()
                .bean(JdbcClient.class)
                .sql(
                    "select account_id is null and reason = 'entered for account payer-8' from"
                        + " audit_entry where subject_id = ? order by audit_entry_id limit 1")
                .param(entered.text("/recharge"))
                .query(Boolean.class)
                .single())
        .isTrue();
  }

  /** It was a conflict from the day on which somebody got its payee account. */
  @Test
  void aKnownRemittanceStaysWhatItIsWhoeverGetsItsPayeeAccount() {
    String slip = "{'channel':'REMITTANCE','transaction':'%s','amount':'3','payee':'6222-0012'}";
    String dollars = "{'transaction':'%s','amount':'3','currency':'USD','payee':'6222-0012'}";
    String entries = "/v1/accounts/payer-8/recharges";
    Answer entered = billing.operator().post(entries, slip.formatted("wire-12"));
    Answer inDollars = billing.operator().post("/v1/remittances", dollars.formatted("wire-13"));
    assertThat(List.of(entered.text("/state"), inDollars.text("/state")))
        .containsExactly("UNMATCHED", "UNMATCHED");

    assign("payer-12", "6222-0012");

    Answer again = billing.operator().post(entries, slip.formatted("wire-12"));
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.body()).isEqualTo(entered.body());
    Answer dollarsAgain = billing.operator().post("/v1/remittances", dollars.formatted("wire-13"));
    assertThat(dollarsAgain.status()).isEqualTo(200);
    assertThat(dollarsAgain.body()).isEqualTo(inDollars.body());
    assertThat(billing.operator().post(entries, slip.formatted("wire-14")).problem())
        .isEqualTo("payee-assigned");
    assertThat(
            billing
                .operator()
                .post("/v1/remittances", dollars.formatted("wire-15"))
                .text("/errors/0/field"))
        .isEqualTo("currency");
  }

  @Test
  void aRejectedRemittanceNeverCountsAndTheCustomerIsTold() {
    assign("payer-11", "6222-0005");
    Answer unknown = remit("wire-3", "NOBODY");
    Answer pending = remit("wire-4", "6222-0005");

    for (Answer waiting : List.of(unknown, pending)) {
      assertThat(decide(waiting, "rejection", "{'reason':'sent twice'}").text("/state"))
          .isEqualTo("REJECTED");
      assertThat(decide(waiting, "rejection", "{'reason':'sent twice'}").text("/state"))
          .isEqualTo("REJECTED");
      assertThat(decide(waiting, "confirmation", "{}").status()).isIn(409, 422);
    }
    assertThat(remit("wire-4", "6222-0005").text("/state")).isEqualTo("REJECTED");
    assertThat(billing.balance("payer-11", "funds")).isEqualTo("0.000000");
    assertThat(
            Wire.heard(
                Topics.BILLING_EVENTS,
                "payer-11",
                BillingEvent.CODEC,
                BillingEvent.RemittanceRejected.class))
        .singleElement()
        .satisfies(
            told -> {
              assertThat(told.transaction()).isEqualTo("wire-4");
              assertThat(told.reason()).isEqualTo("sent twice");
            });
  }

  @Test
  void thoseThatWaitAreListedAsTheyCame() {
    List<String> came = List.of("wire-20", "wire-25", "wire-21", "wire-24", "wire-22", "wire-23");
    for (String transaction : came) {
      beginAnHour();
      remit(transaction, "NOBODY-YET");
    }

    List<String> listed = new ArrayList<>();
    Answer page = billing.operator().get("/v1/recharges?limit=1");
    while (page.body().has("nextCursor")) {
      listed.add(page.text("/items/0/transaction"));
      page = billing.operator().get("/v1/recharges?limit=1&cursor=" + page.text("/nextCursor"));
    }
    listed.add(page.text("/items/0/transaction"));
    assertThat(listed).filteredOn(came::contains).containsExactlyElementsOf(came);
    // The list after nothing was empty, as if it had been read to its end.
    assertThat(
            billing
                .operator()
                .get("/v1/recharges?cursor=" + Paging.cursor("rch-nobody"))
                .text("/errors/0/field"))
        .isEqualTo("cursor");
  }

  @Test
  void aPayeeAccountIsOneCustomersAndACustomerHasOne() {
    assertThat(billing.operator().get("/v1/accounts/payer-2/payee-account").text("/state"))
        .isEqualTo("NOT_YET_AVAILABLE");
    assign("payer-2", "6222-0002");
    assign("payer-2", "6222-0002");

    assertThat(billing.operator().get("/v1/accounts/payer-2/payee-account").text("/payee"))
        .isEqualTo("6222-0002");
    assertThat(
            billing
                .operator()
                .put("/v1/payee-accounts/6222-0002", "{'account':'payer-1'}")
                .status())
        .isEqualTo(409);
    assertThat(
            billing
                .operator()
                .put("/v1/payee-accounts/6222-9999", "{'account':'payer-2'}")
                .status())
        .isEqualTo(409);
    // Entered for another account than the payee account says.
    assertThat(
            billing
                .operator()
                .post(
                    "/v1/accounts/payer-1/recharges",
                    "{'channel':'REMITTANCE','transaction':'wire-5','amount':'1','payee':'6222-0002'}")
                .status())
        .isEqualTo(409);
  }

  /** A remittance as the list of those that wait has it. */
  private Answer enter(String account, String amount) {
    return billing
        .operator()
        .post(
            "/v1/accounts/" + account + "/recharges",
            "{'channel':'REMITTANCE','transaction':'wire-9','amount':'%s','payee':'NO-ONE'}"
                .formatted(amount));
  }

  private Answer waiting(Answer remittance) {
    Answer list = billing.operator().get("/v1/recharges?limit=1000");
    JsonNode found =
        list.body()
            .at("/items")
            .valueStream()
            .filter(item -> item.at("/recharge").asString().equals(remittance.text("/recharge")))
            .findFirst()
            .orElseThrow();
    return new Answer(list.status(), list.type(), found, found.toString(), list.retryAfter());
  }

  private String transactions(String account) {
    return billing.operator().get("/v1/accounts/" + account + "/recharges").body().toString();
  }
}
