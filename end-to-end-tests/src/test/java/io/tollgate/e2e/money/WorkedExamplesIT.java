package io.tollgate.e2e.money;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.e2e.testing.Cloud;
import io.tollgate.e2e.testing.Deployment;
import io.tollgate.e2e.testing.Settings;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The worked examples of arrears and penalties (C2.3), from usage events to the last digit: one
 * March whose chapters follow one another.
 *
 * <p>A product costs 1 per unit and is billed hourly: what is used is what is billed.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WorkedExamplesIT {

  private static final Instant START = Instant.parse("2024-02-29T16:00:00Z");

  private Deployment deployment;
  private Cloud cloud;

  @BeforeAll
  void start() {
    deployment = Deployment.fresh("worked-examples", Settings.startingAt(START));
    cloud = new Cloud(deployment, ZoneId.of("Asia/Shanghai"));
    cloud.meter("units", "SUM", "2024-03-01T00:00");
    cloud.product("vm", "HOUR");
    cloud.price("vm", "2024-03-01T00:00", PER_UNIT);
  }

  private static final String PER_UNIT =
      "'meters':[{'meter':'units','model':{'kind':'PER_UNIT','unitPrice':'1'},'scope':'CYCLE'}]";

  @AfterAll
  void stop() {
    deployment.close();
  }

  @Test
  @Order(1)
  void untilTheFourthOfMarch() {
    cloud.open("w1", "vm");
    cloud.open("w3", "vm");
    cloud.open("w2", "vm");
    deployment.settle();
    var unused = cloud.recharge("w1", "40.00");
    unused = cloud.recharge("w3", "40.00");
    cloud.use("w1", "units", "2024-03-01T09:10", "60");
    cloud.use("w1", "units", "2024-03-01T09:50", "40");
    cloud.use("w3", "units", "2024-03-01T09:59:59", "100");
    cloud.advanceTo("2024-03-01T10:00");

    assertThat(cloud.balance("w1", "owed")).isEqualTo("60.000000");
    assertThat(cloud.balance("w1", "funds")).isEqualTo("0.000000");
    assertThat(cloud.bills("w1"))
        .singleElement()
        .satisfies(
            bill -> {
              assertThat(bill.at("/amount").asString()).isEqualTo("100.000000");
              assertThat(Instant.parse(bill.at("/dueAt").asString()))
                  .isEqualTo(cloud.at("2024-03-01T10:00"));
            });

    cloud.advanceTo("2024-03-04T12:00");
    assertThat(cloud.penalties("w1")).containsExactly("2024-03-02 0.060000", "2024-03-03 0.060000");
    unused = cloud.recharge("w1", "20.00");
    unused = cloud.recharge("w3", "20.00");
  }
}
