package io.tollgate.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.account.testing.Accounts;
import io.tollgate.account.testing.Neighbours;
import io.tollgate.model.event.AccountEvent;
import io.tollgate.model.event.AccountEvent.CommandKind;
import io.tollgate.model.event.InstanceRecord;
import io.tollgate.model.event.Topics;
import io.tollgate.support.observability.Readings;
import io.tollgate.testing.Await;
import io.tollgate.testing.Wire;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Accounts that pay late, over one clock. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArrearsIT {

  private static final String ACCOUNT = "late-payer";
  private static final String VM = "vm-late";
  private static final String PLATFORM = "compute";

  private Accounts service;

  @BeforeAll
  void start(@TempDir Path directory) {
    service = Accounts.start(directory);
  }

  @AfterAll
  void stop() {
    service.close();
  }

  /** Every chapter begins at the day on which the one before has ended. */
  @Test
  void accountsThatPayLateAreSuspendedAndResumed() throws Exception {
    aRegisteredInstanceIsKnownToAllAndMayRun();
    afterTheGraceItIsSuspendedAtExactlyThatInstant();
    theCommandIsRepeatedUntilThePlatformAcknowledgesIt();
    whileItOwesNothingIsOpened();
    payingResumesItByItselfButNotBeyondAViolationHold();
    unpaidPenaltyAloneDoesNotSuspendButBarsOpenings();
    penaltyTakenBackBarsNothingAnyLonger();
    theTrailTellsWhoDidWhatByWhichRule();
    underSteadyTrafficAndWithAnotherConsumerStuckTheGraceEndsAtItsInstant();
    onlyTheProductsOwedForAreSuspendedEachAfterItsOwnGrace();
    forceMajeureStopsTheGraceAndResumesWhoWasSuspendedTooSoon();
  }

  private void aRegisteredInstanceIsKnownToAllAndMayRun() {
    service.open(ACCOUNT);
    service.register(ACCOUNT, VM, PLATFORM);
    service.settle();

    var entitlement = service.platform(PLATFORM).get("/v1/instances/" + VM + "/entitlement");
    assertThat(entitlement.status()).isEqualTo(200);
    assertThat(entitlement.body().at("/mayRun").asBoolean()).isTrue();
    assertThat(Neighbours.told(ACCOUNT))
        .extracting(event -> event.getClass().getSimpleName())
        .containsExactly("AccountOpened", "InstanceRegistered");
    var records = Wire.records(Topics.ACCOUNT_INSTANCES, VM);
    assertThat(records).hasSize(1);
    InstanceRecord record =
        InstanceRecord.CODEC.decode(records.getFirst().value()).orElseThrow().data();
    assertThat(record.account().value()).isEqualTo(ACCOUNT);
    assertThat(record.platform().value()).isEqualTo(PLATFORM);
    assertThat(record.endedAt()).isEmpty();
  }

  private void afterTheGraceItIsSuspendedAtExactlyThatInstant() {
    service.stepTo("2026-03-01T02:00:00Z");
    Neighbours.arrearsBegan(ACCOUNT, "2026-03-01T02:00:00Z");
    service.settle();
    assertThat(service.state(VM)).isEqualTo("IN_ARREARS");
    assertThat(Neighbours.told(ACCOUNT, AccountEvent.SuspensionScheduled.class))
        .extracting(AccountEvent.SuspensionScheduled::suspendAt)
        .containsExactly(Instant.parse("2026-03-02T02:00:00Z"));

    service.stepTo("2026-03-02T01:59:59Z");
    assertThat(service.state(VM)).isEqualTo("IN_ARREARS");

    service.stepTo("2026-03-02T12:00:00Z");
    assertThat(service.state(VM)).isEqualTo("SUSPENDED");
    var changes = Neighbours.told(ACCOUNT, AccountEvent.InstanceStateChanged.class);
    assertThat(changes.getLast().at()).isEqualTo("2026-03-02T02:00:00Z");
    assertThat(changes.getLast().rule().value()).isEqualTo("C7.3");
    var entitlement = service.platform(PLATFORM).get("/v1/instances/" + VM + "/entitlement");
    assertThat(entitlement.body().at("/mayRun").asBoolean()).isFalse();
    assertThat(entitlement.text("/holds/0")).isEqualTo("ARREARS");
  }

  private void theCommandIsRepeatedUntilThePlatformAcknowledgesIt() {
    var pending = service.platform(PLATFORM).get("/v1/platforms/compute/commands?pending=true");
    String command = pending.text("/items/0/command");
    assertThat(pending.text("/items/0/kind")).isEqualTo("SUSPEND");

    service.stepTo("2026-03-02T13:00:00Z");
    assertThat(deliveries()).containsExactly(1, 2);

    assertThat(service.platform("storage").post(acknowledgement("storage", command), "").status())
        .isEqualTo(404);
    var acknowledged = service.platform(PLATFORM).post(acknowledgement(PLATFORM, command), "");
    assertThat(acknowledged.status()).isEqualTo(200);
    assertThat(acknowledged.text("/state")).isEqualTo("ACKNOWLEDGED");

    service.stepTo("2026-03-02T20:00:00Z");
    assertThat(deliveries()).containsExactly(1, 2);
    assertThat(Neighbours.told(ACCOUNT, AccountEvent.CommandAcknowledged.class)).hasSize(1);
  }

  private static List<Integer> deliveries() {
    return Neighbours.told(ACCOUNT, AccountEvent.CommandIssued.class).stream()
        .filter(issued -> issued.kind() == CommandKind.SUSPEND)
        .map(AccountEvent.CommandIssued::delivery)
        .toList();
  }

  private static String acknowledgement(String platform, String command) {
    return "/v1/platforms/" + platform + "/commands/" + command + "/acknowledgement";
  }

  private void whileItOwesNothingIsOpened() {
    var refused =
        service
            .platform(PLATFORM)
            .post("/v1/accounts/" + ACCOUNT + "/instances", "{'instance':'vm-2','product':'vm'}");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text("/type")).endsWith("/account-in-arrears");
    assertThat(refused.text("/rule")).isEqualTo("C7.3");
  }

  private void payingResumesItByItselfButNotBeyondAViolationHold() {
    var hold =
        service
            .operator()
            .post("/v1/instances/" + VM + "/holds", "{'cause':'VIOLATION','reason':'sends spam'}");
    assertThat(hold.status()).isEqualTo(201);

    Neighbours.penaltyAccrued(ACCOUNT, "0.06", "2026-03-02T16:00:00Z");
    Neighbours.arrearsCleared(ACCOUNT, "0.06", "2026-03-02T20:00:00Z");
    Neighbours.debtStated(ACCOUNT, "0", "0.06", "2026-03-02T20:00:00Z");
    service.settle();
    assertThat(service.state(VM)).isEqualTo("SUSPENDED");

    var lifted = service.operator().delete("/v1/instances/" + VM + "/holds/" + hold.text("/hold"));
    assertThat(lifted.status()).isEqualTo(200);
    assertThat(service.state(VM)).isEqualTo("ACTIVE");
    service.settle();
    var commands = Neighbours.told(ACCOUNT, AccountEvent.CommandIssued.class);
    assertThat(commands.getLast().kind()).isEqualTo(CommandKind.RESUME);
  }

  private void unpaidPenaltyAloneDoesNotSuspendButBarsOpenings() {
    service.stepTo("2026-03-05T00:00:00Z");
    assertThat(service.state(VM)).isEqualTo("ACTIVE");
    var refused =
        service
            .platform(PLATFORM)
            .post("/v1/accounts/" + ACCOUNT + "/instances", "{'instance':'vm-2','product':'vm'}");
    assertThat(refused.text("/type")).endsWith("/penalty-unpaid");
  }

  /** A correction takes the penalty back long after the debt was cleared. */
  private void penaltyTakenBackBarsNothingAnyLonger() {
    assertThat(shown("/penaltyOwed")).isEqualTo("0.060000");
    Neighbours.debtStated(ACCOUNT, "12.5", "0.02", "2026-03-02T20:00:00Z");
    service.settle();
    assertThat(shown("/owed")).isEqualTo("12.500000");
    assertThat(shown("/penaltyOwed")).isEqualTo("0.020000");

    Neighbours.debtStated(ACCOUNT, "0", "0", "2026-03-02T20:00:00Z");
    service.settle();

    assertThat(shown("/owed")).isEqualTo("0.000000");
    assertThat(shown("/penaltyOwed")).isEqualTo("0.000000");
    var opened =
        service
            .platform(PLATFORM)
            .post("/v1/accounts/" + ACCOUNT + "/instances", "{'instance':'vm-3','product':'vm'}");
    assertThat(opened.status()).isEqualTo(201);
  }

  private String shown(String figure) {
    return service.operator().get("/v1/accounts/" + ACCOUNT).text(figure);
  }

  private void theTrailTellsWhoDidWhatByWhichRule() {
    var trail = service.customer(ACCOUNT).get("/v1/accounts/" + ACCOUNT + "/audit-trail");
    assertThat(trail.status()).isEqualTo(200);
    assertThat(trail.body().at("/items").toString())
        .contains("grace ended; IN_ARREARS to SUSPENDED", "C7.3", "sends spam", "C3.2.12");
    var employees = service.operator().get("/v1/accounts/" + ACCOUNT + "/audit-trail");
    String opener =
        employees
            .body()
            .at("/items")
            .valueStream()
            .filter(entry -> entry.at("/what").asString().equals("opened"))
            .findFirst()
            .orElseThrow()
            .at("/who")
            .asString();
    assertThat(trail.body().toString())
        .as("employees' names are not shown to customers")
        .contains("\"who\":\"operator\"")
        .doesNotContain("\"" + opener + "\"");
  }

  /**
   * The sweep once waited for a moment in which every consumer had read everything: under steady
   * traffic there is none, and one consumer that stands still was enough to suspend nobody.
   */
  private void underSteadyTrafficAndWithAnotherConsumerStuckTheGraceEndsAtItsInstant()
      throws Exception {
    for (String account : List.of("early", "due", "busy", "stuck")) {
      service.open(account);
      service.register(account, "vm-" + account, PLATFORM);
    }
    Neighbours.arrearsBegan("early", "2026-03-04T23:00:00Z");
    Neighbours.arrearsBegan("due", "2026-03-05T00:00:00Z");
    service.settle();

    try (Connection blocker = lock("stuck");
        Traffic traffic = Traffic.of("busy")) {
      Neighbours.delivered("stuck", "vm-stuck:deletion:1:7", "2026-03-05T00:00:00Z");
      service.service().step("2026-03-06T12:00:00Z");
      service.beginEpoch();
      service.complete("2026-03-05T23:59:59Z");
      awaitState("vm-early", "SUSPENDED");
      assertThat(service.state("vm-due")).isEqualTo("IN_ARREARS");

      service.complete("2026-03-06T00:00:00Z");
      awaitState("vm-due", "SUSPENDED");
      assertThat(service.service().settled()).isFalse();
      assertThat(traffic.sent()).isPositive();
      blocker.rollback();
    }
    service.settle();
    var changes = Neighbours.told("due", AccountEvent.InstanceStateChanged.class);
    assertThat(changes.getLast().at()).isEqualTo("2026-03-06T00:00:00Z");
    // Billing has published everything up to midnight; here it is noon.
    assertThat(watermarkLag()).isEqualTo(43_200);
    assertThat(transitions("IN_ARREARS", "SUSPENDED")).isGreaterThanOrEqualTo(2);
    assertThat(transitions("RELEASING", "RELEASED")).isZero();
  }

  private double transitions(String from, String to) {
    return service
        .service()
        .bean(MeterRegistry.class)
        .get("tollgate_instance_transitions")
        .tags("from", from, "to", to)
        .counter()
        .count();
  }

  private double watermarkLag() {
    service.service().bean(Readings.class).refresh();
    return service
        .service()
        .bean(MeterRegistry.class)
        .get("tollgate_billing_watermark_lag_seconds")
        .gauge()
        .value();
  }

  /** Once one unpaid product suspended all of the account, its subscriptions included. */
  private void onlyTheProductsOwedForAreSuspendedEachAfterItsOwnGrace() {
    service.stepTo("2026-03-10T00:00:00Z");
    service.open("two");
    service.register("two", "vm-two", PLATFORM);
    register("two", "disk-two", "disk", "PAY_AS_YOU_GO");
    register("two", "vm-sub", "vm", "SUBSCRIPTION");
    policy("arrears.grace", "disk", "PT6H", "2026-03-10T00:00:00Z");

    Neighbours.arrearsBegan("two", "vm", "2026-03-10T00:00:00Z");
    service.settle();
    assertThat(states()).containsExactly("IN_ARREARS", "ACTIVE", "ACTIVE");
    assertThat(service.operator().get("/v1/accounts/two").body().at("/owedFor").toString())
        .isEqualTo("[\"vm\"]");

    service.stepTo("2026-03-10T12:00:00Z");
    Neighbours.arrearsBegan("two", "disk", "2026-03-10T12:00:00Z");
    service.settle();
    assertThat(states()).containsExactly("IN_ARREARS", "IN_ARREARS", "ACTIVE");

    // The disk's grace of 6 hours ends at 18:00, the machine's of 24 on the next day at 00:00.
    service.stepTo("2026-03-10T18:00:00Z");
    assertThat(states()).containsExactly("IN_ARREARS", "SUSPENDED", "ACTIVE");
    service.stepTo("2026-03-11T00:00:00Z");
    assertThat(states()).containsExactly("SUSPENDED", "SUSPENDED", "ACTIVE");

    Neighbours.arrearsCleared("two", "disk", "0", "2026-03-11T00:00:00Z");
    service.settle();
    assertThat(states()).containsExactly("SUSPENDED", "ACTIVE", "ACTIVE");
    assertThat(service.operator().get("/v1/accounts/two").text("/inArrears")).isEqualTo("true");

    policy("arrears.scope", "vm", "ACCOUNT", "2026-03-11T00:00:00Z");
    service.stepTo("2026-03-11T01:00:00Z");
    Neighbours.arrearsRetimed("two", "2026-03-11T01:00:00Z", "2026-03-11T01:00:00Z");
    service.settle();
    assertThat(states()).containsExactly("SUSPENDED", "IN_ARREARS", "ACTIVE");
    Neighbours.arrearsCleared("two", "vm", "0", "2026-03-11T01:00:00Z");
    service.settle();
    assertThat(states()).containsExactly("ACTIVE", "ACTIVE", "ACTIVE");
  }

  private List<String> states() {
    return List.of(service.state("vm-two"), service.state("disk-two"), service.state("vm-sub"));
  }

  private void register(String account, String instance, String product, String mode) {
    assertThat(
            service
                .platform(PLATFORM)
                .post(
                    "/v1/accounts/" + account + "/instances",
                    "{'instance':'%s','product':'%s','mode':'%s'}"
                        .formatted(instance, product, mode))
                .status())
        .isEqualTo(201);
  }

  /** A row of the product's terms, as an operator enters it once its notice has run. */
  private void policy(String name, String product, String value, String from) {
    service
        .service()
        .bean(JdbcClient.class)
        .sql(
            """
            insert into policy_row (name, level, product_id, value, effective_from, author, reason)
            values (:name, 'GENERAL_TERMS', :product, :value, :from, 'operator', 'tried')
            """)
        .param("name", name)
        .param("product", product)
        .param("value", value)
        .param("from", Timestamp.from(Instant.parse(from)))
        .update();
  }

  /** Days of force majeure do not count towards the grace (C10.1). */
  private void forceMajeureStopsTheGraceAndResumesWhoWasSuspendedTooSoon() {
    service.stepTo("2026-03-12T00:00:00Z");
    service.open("flooded");
    service.register("flooded", "vm-flooded", PLATFORM);
    Neighbours.arrearsBegan("flooded", "2026-03-12T00:00:00Z");
    service.settle();
    // Due at 08:00 of the 12th here; the 13th and the 14th are touched: 16 hours count before
    // them, 8 after them.
    Neighbours.forceMajeure(
        "flooded", "fm", "2026-03-13T04:00:00Z", "2026-03-14T00:00:00Z", "2026-03-12T00:00:00Z");
    service.stepTo("2026-03-14T23:59:59Z");
    assertThat(service.state("vm-flooded")).isEqualTo("IN_ARREARS");
    service.stepTo("2026-03-15T13:00:00Z");
    assertThat(service.state("vm-flooded")).isEqualTo("SUSPENDED");
    assertThat(Neighbours.told("flooded", AccountEvent.InstanceStateChanged.class).getLast().at())
        .isEqualTo("2026-03-15T00:00:00Z");

    // It is learnt that it lasted to 08:00 of the 16th: 8 hours count after that day.
    Neighbours.forceMajeure(
        "flooded", "fm", "2026-03-13T04:00:00Z", "2026-03-16T00:00:00Z", "2026-03-15T13:00:00Z");
    service.settle();
    assertThat(service.state("vm-flooded")).isEqualTo("IN_ARREARS");
    service.stepTo("2026-03-16T23:59:59Z");
    assertThat(service.state("vm-flooded")).isEqualTo("IN_ARREARS");
    service.stepTo("2026-03-17T00:00:00Z");
    assertThat(service.state("vm-flooded")).isEqualTo("SUSPENDED");
  }

  private void awaitState(String instance, String state) {
    Await.until(Duration.ofMinutes(2), () -> service.state(instance), state::equals);
  }

  /** Holds an account's lock: whoever reads of it stands still. */
  private Connection lock(String account) throws SQLException {
    Connection connection = service.service().bean(DataSource.class).getConnection();
    connection.setAutoCommit(false);
    try (var select =
        connection.prepareStatement("select from account where account = ? for update")) {
      select.setString(1, account);
      select.execute();
    }
    return connection;
  }

  /** Events of one account, one after the other without a pause. */
  private record Traffic(Thread thread, AtomicBoolean stopped, AtomicLong count)
      implements AutoCloseable {

    static Traffic of(String account) {
      AtomicBoolean stopped = new AtomicBoolean();
      AtomicLong count = new AtomicLong();
      Thread thread =
          Thread.startVirtualThread(
              () -> {
                while (!stopped.get()) {
                  Neighbours.debtStated(account, "0", "0", "2026-03-05T00:00:00Z");
                  count.incrementAndGet();
                }
              });
      return new Traffic(thread, stopped, count);
    }

    long sent() {
      return count.get();
    }

    @Override
    public void close() {
      stopped.set(true);
      Await.until(Duration.ofMinutes(1), thread::isAlive, alive -> !alive);
    }
  }
}
