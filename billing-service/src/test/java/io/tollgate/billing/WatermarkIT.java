package io.tollgate.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.billing.sweep.AccountShard;
import io.tollgate.billing.sweep.DueMoney;
import io.tollgate.client.Answer;
import io.tollgate.model.event.BillingEvent;
import io.tollgate.model.event.BillingRecord;
import io.tollgate.model.event.BillingWatermark;
import io.tollgate.model.event.EventEnvelope;
import io.tollgate.model.event.Topics;
import io.tollgate.testing.Await;
import io.tollgate.testing.Wire;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What billing tells of its progress comes after all that it has told (C2.3). */
class WatermarkIT extends BillingTest {

  @Override
  List<String> accounts() {
    return List.of("told-5", "told-12");
  }

  /** The account is held by somebody, so that what was declared for it cannot be applied yet. */
  @Test
  void whatIsDeclaredForAHeldAccountHoldsItsWatermarkAndLooksWaitForNobody() throws SQLException {
    billing.open("held", now().toString());
    DueMoney forceMajeure =
        billing.service().context().getBean("forceMajeureSweep", DueMoney.class);
    int partition =
        billing
            .service()
            .bean(JdbcClient.class)
            .sql("select partition from account where account_id = 'held'")
            .query(Integer.class)
            .single();
    Instant now = billing.service().now();
    try (Connection writer = billing.service().bean(DataSource.class).getConnection();
        Statement write = writer.createStatement()) {
      writer.setAutoCommit(false);
      write.execute("update account set partition = partition where account_id = 'held'");
      assertThat(
              billing
                  .operator()
                  .post(
                      "/v1/force-majeure",
                      "{'accounts':['held'],'from':'%s','to':'%s','reason':'a flood'}"
                          .formatted(now, now.plusSeconds(60)))
                  .status())
          .isEqualTo(201);
      Await.until(
          Duration.ofMinutes(1),
          () -> forceMajeure.anythingDue(now, new AccountShard((partition + 1) % 8, 8)),
          due -> !due);
      assertThat(forceMajeure.anythingDue(now, new AccountShard(partition, 8))).isTrue();
      assertThat(billing.operator().get("/v1/accounts/held/low-balance").status()).isEqualTo(200);
      writer.rollback();
    }
    billing.service().settle();
    assertThat(forceMajeure.anythingDue(now, new AccountShard(partition, 8))).isFalse();
    assertThat(
            Wire.heard(
                Topics.BILLING_EVENTS,
                "held",
                BillingEvent.CODEC,
                BillingEvent.ForceMajeureDeclared.class))
        .hasSize(1);
  }

  /** Who suspends by time must not overtake a payment that is still being booked. */
  @Test
  void everythingBookedByAnInstantIsToldBeforeItsWatermark() throws SQLException {
    billing.open("late", now().toString());
    assertThat(billing.recharge("late", "before-midnight", "5").status()).isEqualTo(201);
    Instant later = billing.service().now().plus(Duration.ofDays(7)).plusSeconds(1);
    try (Connection writer = billing.service().bean(DataSource.class).getConnection();
        Statement write = writer.createStatement()) {
      writer.setAutoCommit(false);
      write.execute("update account set partition = partition where account_id = 'told-5'");
      billing.service().step(later.toString());
      Await.until(Duration.ofMinutes(1), this::laggards, only -> only.equals("sweep watermarks"));
      writer.rollback();
    }
    billing.service().settle();

    Set<Integer> complete = new TreeSet<>();
    boolean told = false;
    for (ConsumerRecord<String, byte[]> each : Wire.records(Topics.BILLING_EVENTS)) {
      BillingRecord data = BillingRecord.CODEC.decode(each.value()).orElseThrow().data();
      if (data instanceof BillingWatermark watermark && watermark.completeTo().equals(later)) {
        complete.add(each.partition());
      } else if (data instanceof BillingEvent.RechargeBooked recharge
          && recharge.transaction().equals(Optional.of("before-midnight"))) {
        assertThat(complete).doesNotContain(each.partition());
        told = true;
      }
    }
    assertThat(told).isTrue();
    assertThat(complete).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
  }

  private String laggards() {
    return String.join(
        ", ",
        billing.operator().get("/v1/clock").body().at("/laggards").findValuesAsString("what"));
  }

  /** The clock stands still; notices take their ids from those of the events. */
  @Test
  void arrearsThatBeginTwiceAtOneInstantAreTwoEvents() {
    useForAnHour("told-12", beginAnHour(), "10");
    for (int time = 1; time <= 2; time++) {
      Answer paid = billing.recharge("told-12", "told-12-" + time, "10");
      assertThat(
              decide(paid, "reversal", "{'reversal':'told-12-back-" + time + "'}").text("/state"))
          .isEqualTo("REVERSED");
    }
    billing.service().settle();

    List<String> began = new ArrayList<>();
    Set<String> ids = new TreeSet<>();
    int events = 0;
    for (ConsumerRecord<String, byte[]> each : Wire.records(Topics.BILLING_EVENTS, "told-12")) {
      EventEnvelope<BillingRecord> told = BillingRecord.CODEC.decode(each.value()).orElseThrow();
      events++;
      ids.add(told.id());
      if (told.data() instanceof BillingEvent.ArrearsBegan) {
        began.add(told.id());
      }
    }
    assertThat(began).hasSize(3).doesNotHaveDuplicates();
    assertThat(ids).hasSize(events);
  }
}
