package io.tollgate.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tollgate.client.Answer;
import io.tollgate.e2e.testing.Cloud;
import io.tollgate.e2e.testing.Deployment;
import io.tollgate.e2e.testing.Settings;
import io.tollgate.standalone.Service;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * From the first unpaid bill to suspension and back, or on to deletion (C2.3, C7.3, C4.1.5): one
 * March of accounts that pay at different times, in the order of its days.
 *
 * <p>Everybody has 40 and uses 100 in the hour before 1 March 10:00 Shanghai time, which is 02:00
 * UTC: 60 is owed from then on. Default terms: 24 h of grace, 15 days of retention.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LifecycleIT {

  private static final List<String> RACERS =
      List.of("racer-1", "racer-2", "racer-3", "racer-4", "racer-5", "racer-6");
  private static final List<String> ACCOUNTS =
      Stream.concat(Stream.of("payer", "spammer", "two-bills", "never", "rescued"), RACERS.stream())
          .toList();
  private static final String ARREARS =
      "2026-03-01T02:00:00Z arrears began; ACTIVE to IN_ARREARS C2.3";
  private static final String SUSPENSION =
      "2026-03-02T02:00:00Z grace ended; IN_ARREARS to SUSPENDED C7.3";
  private static final String RELEASE =
      "2026-03-17T02:00:00Z release commanded; SUSPENDED to RELEASING C4.1.5";

  private Deployment deployment;
  private Cloud cloud;
  private Lives lives;
  private StubPlatform platform;

  @BeforeAll
  void start() {
    deployment =
        Deployment.fresh("lifecycle", Settings.startingAt(Instant.parse("2026-03-01T00:00:00Z")));
    cloud = new Cloud(deployment, ZoneId.of("Asia/Shanghai"));
    lives = new Lives(deployment, cloud);
    platform = StubPlatform.of(deployment);
    Debtors.appear(cloud, LocalDate.parse("2026-03-01"), ACCOUNTS);
    cloud.use("two-bills", "units", "2026-03-01T19:30", "30");
  }

  @AfterAll
  void stop() {
    platform.close();
    deployment.close();
  }

  private void pay(String account, String amount) {
    var unused = cloud.recharge(account, amount);
    deployment.settle();
  }

  /** Every chapter begins at the day on which the one before has ended. */
  @Test
  void accountsPayAtDifferentTimesOfOneMarch() {
    anUnpaidBillBeginsTheGraceInWhichTheInstanceRuns();
    payingTheEarliestBillTimesTheSuspensionFromTheNext();
    atTheEndOfTheGraceThePlatformIsToldUntilItSaysThatItIsDone();
    payingEverythingResumesItAtThatInstant();
    aViolationHoldSurvivesThePayment();
    theRetimedSuspensionComesWhenTheSecondBillsGraceEnds();
    bothWarningsAreDeliveredBeforeTheDataIsDeleted();
    payingThePrincipalAfterBothWarningsStillResumes();
    aRechargeThatRacesTheReleaseEitherPreventsItOrDoesNot();
    afterTheReleaseCommandPaymentStopsNothing();
    whatIsReleasedStaysReleased();
  }

  private void anUnpaidBillBeginsTheGraceInWhichTheInstanceRuns() {
    cloud.advanceTo("2026-03-01T10:00");

    assertThat(cloud.balance("payer", "owed")).isEqualTo("60.000000");
    assertThat(lives.entitlement("payer")).isEqualTo("IN_ARREARS runs []");
    assertThat(lives.shown("payer", "owingSince")).isEqualTo("2026-03-01T02:00:00Z");
    assertThat(lives.shown("payer", "suspendAt")).isEqualTo("2026-03-02T02:00:00Z");
    assertThat(lives.changes("payer")).containsExactly(ARREARS);
    assertThat(lives.told("payer"))
        .containsExactly(
            "2026-03-01T00:00:00Z RECHARGE_RECEIVED",
            "2026-03-01T02:00:00Z ARREARS_BEGUN",
            "2026-03-01T02:00:00Z SUSPENSION_AHEAD");
    assertThat(platform.commands("payer")).isEmpty();

    Answer refused =
        deployment
            .platform(Service.ACCOUNT, Cloud.PLATFORM)
            .post("/v1/accounts/payer/instances", "{'instance':'payer-2','product':'vm'}");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text("/type")).endsWith("/account-in-arrears");
  }

  /** Its second bill, of 30, falls due at 20:00 Shanghai time, 12:00 UTC. */
  private void payingTheEarliestBillTimesTheSuspensionFromTheNext() {
    cloud.advanceTo("2026-03-02T09:00");
    assertThat(cloud.balance("two-bills", "owed")).isEqualTo("90.000000");
    assertThat(lives.shown("two-bills", "suspendAt")).isEqualTo("2026-03-02T02:00:00Z");

    pay("two-bills", "60.00");
    assertThat(cloud.balance("two-bills", "owed")).isEqualTo("30.000000");
    assertThat(lives.shown("two-bills", "owingSince")).isEqualTo("2026-03-01T12:00:00Z");
    assertThat(lives.shown("two-bills", "suspendAt")).isEqualTo("2026-03-02T12:00:00Z");
    assertThat(lives.entitlement("two-bills")).isEqualTo("IN_ARREARS runs []");
  }

  private void atTheEndOfTheGraceThePlatformIsToldUntilItSaysThatItIsDone() {
    cloud.advanceTo("2026-03-02T09:59:59");
    assertThat(lives.entitlement("payer")).isEqualTo("IN_ARREARS runs []");

    cloud.advanceTo("2026-03-02T10:00");
    assertThat(lives.entitlement("payer")).isEqualTo("SUSPENDED stopped [ARREARS]");
    assertThat(lives.entitlement("two-bills")).isEqualTo("IN_ARREARS runs []");
    assertThat(lives.changes("payer")).containsExactly(ARREARS, SUSPENSION);
    assertThat(platform.commands("payer")).containsExactly("SUSPEND 2026-03-02T02:00:00Z PENDING");

    // Repeated after 1, 2 and 4 minutes more.
    cloud.advanceTo("2026-03-02T10:01");
    cloud.advanceTo("2026-03-02T10:03");
    platform.carryOut();
    cloud.advanceTo("2026-03-02T10:30");
    assertThat(platform.heard("payer"))
        .containsExactly("SUSPEND 1 dropped", "SUSPEND 2 dropped", "SUSPEND 3 taken");
    assertThat(platform.commands("payer"))
        .containsExactly("SUSPEND 2026-03-02T02:00:00Z ACKNOWLEDGED");
  }

  private void payingEverythingResumesItAtThatInstant() {
    cloud.advanceTo("2026-03-02T12:00");
    pay("payer", "60.00");

    assertThat(cloud.balance("payer", "owed")).isEqualTo("0.000000");
    assertThat(lives.entitlement("payer")).isEqualTo("ACTIVE runs []");
    assertThat(lives.changes("payer"))
        .containsExactly(
            ARREARS, SUSPENSION, "2026-03-02T04:00:00Z arrears cleared; SUSPENDED to ACTIVE C2.3");
    assertThat(lives.told("payer"))
        .containsSubsequence("2026-03-02T02:00:00Z SUSPENDED", "2026-03-02T04:00:00Z RESUMED")
        .contains("2026-03-02T04:00:00Z RECHARGE_RECEIVED");
    assertThat(platform.commands("payer"))
        .containsExactly(
            "SUSPEND 2026-03-02T02:00:00Z ACKNOWLEDGED", "RESUME 2026-03-02T04:00:00Z PENDING");
  }

  private void aViolationHoldSurvivesThePayment() {
    Answer hold =
        Cloud.done(
            deployment
                .operator(Service.ACCOUNT)
                .post(
                    "/v1/instances/spammer/holds", "{'cause':'VIOLATION','reason':'sends spam'}"));
    assertThat(lives.entitlement("spammer")).isEqualTo("SUSPENDED stopped [ARREARS, VIOLATION]");
    pay("spammer", "60.00");
    assertThat(cloud.balance("spammer", "owed")).isEqualTo("0.000000");
    assertThat(lives.entitlement("spammer")).isEqualTo("SUSPENDED stopped [VIOLATION]");

    cloud.advanceTo("2026-03-02T13:00");
    assertThat(lives.entitlement("spammer")).isEqualTo("SUSPENDED stopped [VIOLATION]");
    var unused =
        Cloud.done(
            deployment
                .operator(Service.ACCOUNT)
                .delete("/v1/instances/spammer/holds/" + hold.text("/hold")));
    deployment.settle();
    assertThat(lives.entitlement("spammer")).isEqualTo("ACTIVE runs []");
    assertThat(platform.commands("spammer"))
        .containsExactly(
            "SUSPEND 2026-03-02T02:00:00Z ACKNOWLEDGED", "RESUME 2026-03-02T05:00:00Z PENDING");
  }

  private void theRetimedSuspensionComesWhenTheSecondBillsGraceEnds() {
    cloud.advanceTo("2026-03-02T19:59:59");
    assertThat(lives.entitlement("two-bills")).isEqualTo("IN_ARREARS runs []");
    cloud.advanceTo("2026-03-02T20:00");
    assertThat(lives.entitlement("two-bills")).isEqualTo("SUSPENDED stopped [ARREARS]");
    assertThat(platform.commands("two-bills"))
        .containsExactly("SUSPEND 2026-03-02T12:00:00Z PENDING");

    cloud.advanceTo("2026-03-02T21:00");
    platform.carryOut();
    pay("two-bills", "30.00");
    assertThat(lives.entitlement("two-bills")).isEqualTo("ACTIVE runs []");
    assertThat(lives.changes("two-bills"))
        .containsExactly(
            ARREARS,
            "2026-03-02T12:00:00Z grace ended; IN_ARREARS to SUSPENDED C7.3",
            "2026-03-02T13:00:00Z arrears cleared; SUSPENDED to ACTIVE C2.3");
  }

  /** Suspended on the 2nd 10:00, retained for 15 days, warned 8 and 2 dates earlier. */
  private void bothWarningsAreDeliveredBeforeTheDataIsDeleted() {
    cloud.advanceTo("2026-03-09T09:59:59");
    platform.carryOut();
    assertThat(lives.shown("never", "retainedUntil")).isEqualTo("2026-03-17T02:00:00Z");
    assertThat(lives.told("never")).noneMatch(told -> told.endsWith("DELETION_AHEAD"));
    cloud.advanceTo("2026-03-09T10:00");
    assertThat(lives.told("never"))
        .filteredOn(told -> told.endsWith("DELETION_AHEAD"))
        .containsExactly("2026-03-09T02:00:00Z DELETION_AHEAD");

    cloud.advanceTo("2026-03-15T10:00");
    assertThat(cloud.items(Service.NOTIFICATION, "never", "messages").reversed())
        .filteredOn(message -> message.at("/kind").asString().equals("DELETION_AHEAD"))
        .extracting(
            message -> message.at("/deliveredAt").asString(),
            message -> message.at("/leadDays").asInt(),
            message -> message.at("/effectAt").asString(),
            message -> message.at("/rule").asString())
        .containsExactly(
            tuple("2026-03-09T02:00:00Z", 7, "2026-03-17T02:00:00Z", "C4.1.5"),
            tuple("2026-03-15T02:00:00Z", 1, "2026-03-17T02:00:00Z", "C4.1.5"));
    assertThat(lives.entitlement("never")).isEqualTo("SUSPENDED stopped [ARREARS]");
  }

  /** 0.06 of penalty for each of the 14 days from the 2nd to the 15th stays owed. */
  private void payingThePrincipalAfterBothWarningsStillResumes() {
    cloud.advanceTo("2026-03-16T10:00");
    pay("rescued", "60.00");
    assertThat(cloud.balance("rescued", "owed")).isEqualTo("0.000000");
    assertThat(cloud.penalties("rescued")).hasSize(14).allMatch(day -> day.endsWith(" 0.060000"));
    assertThat(lives.entitlement("rescued")).isEqualTo("ACTIVE runs []");
    assertThat(lives.shown("rescued", "retainedUntil")).isEmpty();
  }

  /** Whether a recharge or the release comes first is open; what came first stands. */
  private void aRechargeThatRacesTheReleaseEitherPreventsItOrDoesNot() {
    cloud.advanceTo("2026-03-17T09:59:59");
    assertThat(lives.entitlement("never")).isEqualTo("SUSPENDED stopped [ARREARS]");
    CompletableFuture<Void> driven =
        CompletableFuture.runAsync(() -> cloud.advanceTo("2026-03-17T10:00"));
    for (String racer : RACERS) {
      var unused = cloud.recharge(racer, "60.00");
    }
    driven.join();
    deployment.settle();

    for (String racer : RACERS) {
      String entitlement = lives.entitlement(racer);
      List<String> commands = platform.commands(racer);
      if (entitlement.equals("ACTIVE runs []")) {
        assertThat(commands).last().asString().startsWith("RESUME ");
        assertThat(commands).noneMatch(command -> command.startsWith("RELEASE"));
      } else {
        assertThat(entitlement).isEqualTo("RELEASING stopped [ARREARS]");
        assertThat(commands).last().isEqualTo("RELEASE 2026-03-17T02:00:00Z PENDING");
      }
    }
  }

  private void afterTheReleaseCommandPaymentStopsNothing() {
    assertThat(lives.entitlement("never")).startsWith("RELEASING stopped");
    assertThat(lives.changes("never")).containsExactly(ARREARS, SUSPENSION, RELEASE);
    assertThat(platform.commands("never"))
        .containsExactly(
            "SUSPEND 2026-03-02T02:00:00Z ACKNOWLEDGED", "RELEASE 2026-03-17T02:00:00Z PENDING");

    pay("never", "100.00");
    assertThat(cloud.balance("never", "owed")).isEqualTo("0.000000");
    assertThat(lives.entitlement("never")).startsWith("RELEASING stopped");
    cloud.advanceTo("2026-03-17T10:01");
    cloud.advanceTo("2026-03-17T10:03");
    platform.carryOut();
    deployment.settle();
    assertThat(lives.entitlement("never")).startsWith("RELEASED stopped");
    assertThat(lives.changes("never"))
        .containsExactly(
            ARREARS,
            SUSPENSION,
            RELEASE,
            "2026-03-17T02:03:00Z data deleted; RELEASING to RELEASED C4.1.5");
    assertThat(lives.told("never")).last().isEqualTo("2026-03-17T02:03:00Z DELETION_DONE");
  }

  private void whatIsReleasedStaysReleased() {
    cloud.advanceTo("2026-03-18T10:00");
    pay("never", "100.00");
    assertThat(lives.entitlement("never")).startsWith("RELEASED stopped");
    assertThat(platform.commands("never"))
        .containsExactly(
            "SUSPEND 2026-03-02T02:00:00Z ACKNOWLEDGED",
            "RELEASE 2026-03-17T02:00:00Z ACKNOWLEDGED");
    assertThat(platform.heard("never"))
        .containsExactly(
            "SUSPEND 1 dropped",
            "SUSPEND 2 dropped",
            "SUSPEND 3 taken",
            "RELEASE 1 dropped",
            "RELEASE 2 dropped",
            "RELEASE 3 taken");
    Audits.areGreen(deployment);
  }
}
