package io.tollgate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.e2e.testing.Cloud;
import io.tollgate.e2e.testing.Deployment;
import io.tollgate.e2e.testing.Settings;
import io.tollgate.standalone.Service;
import io.tollgate.testing.Await;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The process is killed (SIGKILL) again and again under load and started anew: every acknowledged
 * event is billed, and billed once (F1).
 *
 * <p>{@code -Dtollgate.kills=20} kills more often than a usual build does.
 */
@EnabledIfSystemProperty(
    named = "tollgate.faults",
    matches = "true",
    disabledReason = "takes minutes: -Dtollgate.faults=true")
class KillIT {

  private static final int KILLS = Integer.getInteger("tollgate.kills", 5);
  private static final long EVENTS_BETWEEN = 400;
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final List<String> ACCOUNTS =
      List.of("load-1", "load-2", "load-3", "load-4", "load-5", "load-6", "load-7", "load-8");

  @Test
  void whatWasAcknowledgedIsBilledOnceHoweverOftenTheProcessIsKilled() {
    Settings settings = Settings.startingAt(Instant.parse("2026-03-01T00:00:00Z"));
    try (Deployment deployment = Deployment.fresh("kills", settings)) {
      Cloud cloud = new Cloud(deployment, ZoneId.of("Asia/Shanghai"));
      Debtors.appear(deployment, cloud, ACCOUNTS);
      try (Loader loader = new Loader(deployment, cloud, ACCOUNTS, cloud.at("2026-03-01T09:00"))) {
        loader.start();
        for (int kill = 1; kill < KILLS; kill++) {
          awaitEvents(loader, loader.events() + EVENTS_BETWEEN);
          deployment.kill();
          deployment.startAgain();
        }
        awaitEvents(loader, loader.events() + EVENTS_BETWEEN);
        loader.stop();
        killWhileTheHourIsBilled(deployment, cloud);
        check(cloud, loader);
      }
      Audits.areGreen(deployment);
    }
  }

  private static void awaitEvents(Loader loader, long events) {
    var unused = Await.until(LIMIT, loader::events, posted -> posted >= events);
  }

  /** The driver goes on by itself once the process is back. */
  private static void killWhileTheHourIsBilled(Deployment deployment, Cloud cloud) {
    CompletableFuture<Void> driven =
        CompletableFuture.runAsync(() -> cloud.advanceTo("2026-03-01T10:00"));
    var unused =
        Await.until(
            LIMIT,
            () -> clock(deployment),
            now -> !now.isBefore(cloud.at("2026-03-01T10:00")) || driven.isDone());
    deployment.kill();
    deployment.startAgain();
    driven.join();
    deployment.settle();
  }

  private static Instant clock(Deployment deployment) {
    try {
      return Instant.parse(deployment.operator(Service.METERING).get("/v1/clock").text("/now"));
    } catch (UncheckedIOException e) {
      return Instant.MIN;
    }
  }

  /** Everybody also used 100 before the load; a unit costs 1. */
  private static void check(Cloud cloud, Loader loader) {
    assertThat(loader.resent()).as("batches sent again").isPositive();
    for (String account : ACCOUNTS) {
      BigDecimal used = loader.used(account).add(new BigDecimal("100"));
      BigDecimal billed =
          cloud.bills(account).stream()
              .map(bill -> new BigDecimal(bill.at("/amount").asString()))
              .reduce(BigDecimal.ZERO, BigDecimal::add);
      assertThat(billed).as(account).isEqualByComparingTo(used);
      assertThat(new BigDecimal(cloud.balance(account, "owed")))
          .isEqualByComparingTo(used.subtract(new BigDecimal("40")));
    }
  }
}
