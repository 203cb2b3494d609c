package io.tollgate.e2e.monitoring;

import io.tollgate.client.Answer;
import io.tollgate.client.ServiceClient;
import io.tollgate.e2e.testing.Cloud;
import io.tollgate.e2e.testing.Deployment;
import io.tollgate.e2e.testing.SmallDisk;
import io.tollgate.embedded.EmbeddedSmtp;
import io.tollgate.embedded.Postmaster;
import io.tollgate.standalone.Service;
import io.tollgate.testing.Await;
import io.tollgate.testing.User;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import tools.jackson.databind.JsonNode;

/** What goes wrong with a small cloud, and how it is mended: one fault after the other. */
final class Faults {

  private static final Duration LIMIT = Duration.ofSeconds(150);

  /** More than {@code EmailFailing} takes for bad luck; a recharge is confirmed by one. */
  private static final int EMAILS = 25;

  /** A day in March: each day that the clock is driven to sees one attempt at least. */
  private static final int LAST_ATTEMPT_BY = 10;

  private static final String METER = "watched-units";
  private static final String FREE_METER = "watched-extra";
  private static final String PRODUCT = "watched";
  private static final String ACCOUNT = "watched";
  private static final String HUGE = "123456789012345678901234";
  private static final String INSTANCE_PATH = "/v1/instances/" + ACCOUNT + "/";
  private static final String PLATFORM_PATH = "/v1/platforms/" + Cloud.PLATFORM + "/";

  /** Metering is behind for seconds then, which count as minutes. */
  private static final Set<String> WHILE_THE_CLOCK_IS_DRIVEN =
      Set.of("MeteringBehind", "MeteringTimeStalled");

  private final Cloud cloud;
  private final Deployment deployment;
  private final Prometheus prometheus;
  private final SmallDisk disk;
  private final int smtpPort;
  private final Semaphore asking = new Semaphore(40);
  private String hold = "";

  Faults(Cloud cloud, Prometheus prometheus, SmallDisk disk, int smtpPort) {
    this.cloud = cloud;
    this.deployment = cloud.deployment();
    this.prometheus = prometheus;
    this.disk = disk;
    this.smtpPort = smtpPort;
  }

  /**
   * A fault.
   *
   * @param name completes "while"
   * @param alerts must fire, and resolve once it is mended
   * @param others may fire beside them, because they follow from them or from an earlier fault
   * @param make provokes it
   * @param meanwhile happens again and again until they fire
   * @param mend ends it
   */
  record Fault(
      String name,
      Set<String> alerts,
      Set<String> others,
      Runnable make,
      Runnable meanwhile,
      Runnable mend) {

    Fault(String name, Set<String> alerts, Runnable make, Runnable mend) {
      this(name, alerts, Set.of(), make, () -> {}, mend);
    }

    Set<String> mayFire() {
      Set<String> all = new TreeSet<>(alerts);
      all.addAll(others);
      all.addAll(WHILE_THE_CLOCK_IS_DRIVEN);
      return all;
    }
  }

  /** Usage of three hours, bills, a recharge and their notices: something for every panel. */
  void prepare() {
    cloud.meter(METER, "SUM", "2026-03-01T00:00");
    cloud.meter(FREE_METER, "SUM", "2026-03-01T00:00");
    cloud.product(PRODUCT, "HOUR");
    var unused =
        cloud.price(
            PRODUCT,
            "2026-03-01T00:00",
            Cloud.priced(METER, "{'kind':'PER_UNIT','unitPrice':'1'}", "CYCLE"));
    cloud.open(ACCOUNT, PRODUCT);
    deployment.settle();
    acknowledgeAll();
    unused = cloud.recharge(ACCOUNT, "1000");
    for (int hour = 0; hour < 3; hour++) {
      cloud.use(ACCOUNT, METER, "2026-03-01T0%d:10".formatted(hour), "2");
      cloud.advanceTo("2026-03-01T0%d:00".formatted(hour + 1));
    }
  }

  List<Fault> all() {
    return List.of(
        token(),
        targetGone(),
        databaseFrozen(),
        fullDisk(),
        platformSilent(),
        platformDiffers(),
        mailServerAway(),
        withoutPrice(),
        tooMuch());
  }

  /** From the start Prometheus presents a token of one day. */
  private Fault token() {
    return new Fault(
        "the token expires",
        Set.of("MonitorTokenExpires"),
        () -> {},
        () -> prometheus.present(deployment.monitorTokenOfMonths()));
  }

  private Fault targetGone() {
    return new Fault(
        "a target is gone",
        Set.of("ServiceDown", "ServiceNotScraped"),
        () -> prometheus.watch(EnumSet.complementOf(EnumSet.of(Service.NOTIFICATION))),
        () -> prometheus.watch(EnumSet.allOf(Service.class)));
  }

  private Fault databaseFrozen() {
    Path directory = disk.directory().resolve("postgres");
    return new Fault(
        "the database is frozen",
        Set.of("DatabaseUnreachable", "ConnectionPoolStarved", "ServerErrors", "InvariantUnread"),
        Set.of("SweepFailing"),
        () -> Postmaster.pause(directory),
        this::askForABalance,
        () -> Postmaster.resume(directory));
  }

  /** More at a time than the pool has connections; whoever waits gets an error in the end. */
  private void askForABalance() {
    while (asking.tryAcquire()) {
      var unused =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      Answer unusedAnswer =
                          ServiceClient.of(
                                  deployment.url(Service.BILLING), deployment.operatorToken())
                              .get("/v1/accounts/" + ACCOUNT + "/balance");
                    } finally {
                      asking.release();
                    }
                  });
    }
  }

  private Fault fullDisk() {
    return new Fault(
        "the disk is nearly full",
        disk.canBeFilled() ? Set.of("DiskFillingUp") : Set.of(),
        () -> disk.leave(0.07),
        disk::free);
  }

  /** The customer is told by e-mail too, and nothing listens where mail goes. */
  private Fault platformSilent() {
    return new Fault(
        "a platform is silent",
        Set.of("CommandsUnacknowledged"),
        Set.of("EmailBacklog"),
        () -> {
          cloud.contact(ACCOUNT, "someone@example.org");
          deployment.settle();
          hold =
              Cloud.done(
                      operator()
                          .post(
                              INSTANCE_PATH + "holds",
                              "{'cause':'OPERATOR','reason':'under inspection'}"))
                  .text("/hold");
          cloud.advanceTo("2026-03-01T05:00");
        },
        () -> {},
        () -> {
          acknowledgeAll();
          var unused = Cloud.done(operator().delete(INSTANCE_PATH + "holds/" + hold));
          deployment.settle();
          acknowledgeAll();
        });
  }

  private User operator() {
    return deployment.operator(Service.ACCOUNT);
  }

  private void acknowledgeAll() {
    User platform = deployment.platform(Service.ACCOUNT, Cloud.PLATFORM);
    Answer page = Cloud.done(platform.get(PLATFORM_PATH + "commands?pending=true&limit=1000"));
    for (JsonNode command : page.body().at("/items")) {
      String path = PLATFORM_PATH + "commands/" + command.at("/command").asString();
      var unused = Cloud.done(platform.post(path + "/acknowledgement", ""));
    }
  }

  private Fault platformDiffers() {
    return new Fault(
        "a platform does not run what it should",
        Set.of("PlatformsDiffer"),
        Set.of("EmailBacklog"),
        () -> report(false),
        () -> {},
        () -> {
          report(true);
          acknowledgeAll();
        });
  }

  private void report(boolean running) {
    var unused =
        Cloud.done(
            deployment
                .platform(Service.ACCOUNT, Cloud.PLATFORM)
                .post(
                    PLATFORM_PATH + "report",
                    "{'instances':[{'instance':'%s','running':%s}],'complete':true}"
                        .formatted(ACCOUNT, running)));
  }

  /** First e-mails wait; once all attempts have been made they have failed. */
  private Fault mailServerAway() {
    return new Fault(
        "the mail server is away",
        Set.of("EmailBacklog", "EmailFailing"),
        () -> {
          var unusedFiring =
              Await.until(LIMIT, prometheus::firing, firing -> firing.contains("EmailBacklog"));
          for (int i = 0; i < EMAILS; i++) {
            var unused = cloud.recharge(ACCOUNT, "1");
          }
          for (int day = 1; day <= LAST_ATTEMPT_BY; day++) {
            cloud.advanceTo("2026-03-%02dT12:00".formatted(day));
          }
        },
        () -> {
          EmbeddedSmtp unused = EmbeddedSmtp.start(smtpPort);
        });
  }

  private Fault withoutPrice() {
    return new Fault(
        "a meter has no price",
        Set.of("UsageWithoutPrice"),
        () -> {
          cloud.use(ACCOUNT, FREE_METER, "2026-03-10T12:10", "1");
          cloud.advanceTo("2026-03-10T13:00");
        },
        () -> {
          var unused =
              cloud.price(
                  PRODUCT,
                  "2026-03-11T00:00",
                  "'meters':[%s,%s]".formatted(perUnit(METER, "1"), perUnit(FREE_METER, "0")));
        });
  }

  private static String perUnit(String meter, String price) {
    return "{'meter':'%s','model':{'kind':'PER_UNIT','unitPrice':'%s'},'scope':'CYCLE'}"
        .formatted(meter, price);
  }

  private Fault tooMuch() {
    return new Fault(
        "a charge is too large",
        Set.of("WorkSetAside", "CyclesUnbilled"),
        () -> {
          cloud.post(
              List.of(cloud.event(ACCOUNT, METER, "too-much", cloud.at("2026-03-10T15:10"), HUGE)));
          cloud.advanceTo("2026-03-10T18:00");
        },
        () -> {
          var unused =
              Cloud.done(
                  deployment
                      .operator(Service.METERING)
                      .post(
                          "/v1/corrections",
                          "{'kind':'VOID','source':'e2e','instance':'watched','id':'too-much',"
                              + "'reason':'a typing error'}"));
          cloud.advanceTo("2026-03-10T19:00");
        });
  }
}
