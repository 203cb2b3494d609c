package io.tollgate.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.billing.testing.Billing;
import io.tollgate.model.Granularity;
import io.tollgate.testing.FirstRelease;
import io.tollgate.testing.ServicePlace;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/**
 * Books of the first release are the same under today's schema, and go on (F20).
 *
 * <p>They were written by a running service: bills with a term, one more for late usage, one
 * corrected, a penalty, a recharge and its reversal. Every table of billing has a row.
 */
class ForwardIT {

  @Test
  void booksOfTheFirstReleaseAreTheSameAfterTheMigrationsAndGoOn(@TempDir Path directory) {
    ServicePlace place = Billing.place(directory, "2024-03-01T00:00");
    FirstRelease release = FirstRelease.in("billing", place.database());
    assertThat(release.counts()).containsEntry("movement", 6L).containsEntry("posting", 16L);
    release.migrate();

    try (Billing billing = Billing.start(place)) {
      billing.service().settle();
      assertThat(billing.service().now()).isEqualTo(Billing.local("2024-03-07T12:00"));
      assertThat(billing.balance("up-7", "unpaid")).isEqualTo("30.000000");
      assertThat(billing.balance("up-12", "unpaid")).isEqualTo("3.000000");
      assertThat(billing.balance("up-12", "penalty")).isEqualTo("0.003000");
      assertGreen(billing);

      billing.usage(
          Granularity.DAY,
          "up-12",
          "disk-up-12",
          "disk",
          "2024-03-06T00:00",
          "4",
          1,
          "2024-03-07T13:00");
      billing.closed(Granularity.DAY, "2024-03-07T00:00", "2024-03-07T13:00");
      billing.stepTo("2024-03-08T00:00");
      // 3 were owed, 4 units at 0.5 are new; the night costs a thousandth of the 3.
      assertThat(billing.balance("up-12", "unpaid")).isEqualTo("5.000000");
      assertThat(billing.balance("up-12", "penalty")).isEqualTo("0.006000");
      // The month's counter had come to 6 units in the first release.
      assertThat(countedUnits(billing, "up-12")).isEqualTo("10");
      assertGreen(billing);
    }
  }

  private static String countedUnits(Billing billing, String account) {
    return billing
        .service()
        .bean(JdbcClient.class)
        .sql("select counters -> 0 ->> 3 from month_counters where account_id = ?")
        .param(account)
        .query(String.class)
        .single();
  }

  private static void assertGreen(Billing billing) {
    JsonNode report = billing.operator().get("/v1/audit").body();
    assertThat(report.at("/green").asBoolean()).as(report.toPrettyString()).isTrue();
  }
}
