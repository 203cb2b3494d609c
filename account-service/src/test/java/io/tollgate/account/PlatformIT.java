package io.tollgate.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.standardwebhooks.Webhook;
import com.sun.net.httpserver.HttpServer;
import io.tollgate.account.testing.Accounts;
import io.tollgate.account.testing.Neighbours;
import io.tollgate.client.Answer;
import io.tollgate.model.InstanceId;
import io.tollgate.model.NoticeId;
import io.tollgate.model.ProductId;
import io.tollgate.model.event.AccountEvent;
import io.tollgate.model.event.GateAction;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A platform that takes its commands as webhooks and reports what it runs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlatformIT {

  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final AtomicInteger status = new AtomicInteger(503);
  private HttpServer receiver;
  private Accounts service;

  /** A webhook as it came in. */
  private record Received(String body, Map<String, List<String>> headers) {

    String id() {
      return headers.getOrDefault("Webhook-id", List.of()).getFirst();
    }
  }

  @BeforeAll
  void start(@TempDir Path directory) throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/commands",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          received.add(new Received(body, Map.copyOf(exchange.getRequestHeaders())));
          exchange.sendResponseHeaders(status.get(), -1);
          exchange.close();
        });
    receiver.createContext(
        "/moved",
        exchange -> {
          exchange.getResponseHeaders().add("Location", "/commands");
          exchange.sendResponseHeaders(307, -1);
          exchange.close();
        });
    receiver.start();
    service = Accounts.start(directory, "tollgate.webhooks.allow-private-addresses=true");
  }

  @AfterAll
  void stop() {
    service.close();
    receiver.stop(0);
  }

  private Answer webhook(String platform, String url) {
    return service
        .platform(platform)
        .put(
            "/v1/platforms/" + platform + "/webhook",
            "{'url':'%s','secret':'%s'}".formatted(url, SECRET));
  }

  @Test
  void aCommandIsPostedSignedAndRepeatedUntilAcknowledged() throws Exception {
    String url = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/commands";
    assertThat(webhook("hooked", url).status()).isEqualTo(200);
    service.open("hooks");
    service.register("hooks", "vm-hooked", "hooked");
    var held =
        service
            .operator()
            .post("/v1/instances/vm-hooked/holds", "{'cause':'ATTACK','reason':'under attack'}");
    assertThat(held.status()).isEqualTo(201);
    service.settle();
    await().until(() -> received.size() == 1);
    Received first = received.getFirst();
    new Webhook(SECRET).verify(first.body(), first.headers());
    assertThat(first.body()).contains("\"kind\":\"SUSPEND\"", "\"delivery\":1");

    status.set(200);
    Instant posted = service.service().now();
    service.stepTo(posted.plus(Duration.ofMinutes(1)).toString());
    assertThat(received).hasSize(2);
    assertThat(received.getLast().id()).isEqualTo(first.id());

    String command = first.id();
    String path = "/v1/platforms/hooked/commands/" + command + "/acknowledgement";
    assertThat(service.platform("hooked").post(path, "").status()).isEqualTo(200);
    service.stepTo(posted.plus(Duration.ofHours(2)).toString());
    assertThat(received).hasSize(2);
    assertThat(service.platform("hooked").get("/v1/platforms/hooked/webhook").body().toString())
        .contains(url)
        .doesNotContain(SECRET);
  }

  @Test
  void aRedirectIsAnAnswerAndNotFollowed() {
    String url = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/moved";
    assertThat(webhook("moving", url).status()).isEqualTo(200);
    service.open("moves");
    service.register("moves", "vm-moving", "moving");
    var held =
        service
            .operator()
            .post("/v1/instances/vm-moving/holds", "{'cause':'ATTACK','reason':'under attack'}");
    assertThat(held.status()).isEqualTo(201);
    service.settle();
    await()
        .untilAsserted(
            () ->
                assertThat(
                        service
                            .service()
                            .bean(JdbcClient.class)
                            .sql(
                                "select outcome from webhook_attempt join webhook_delivery using"
                                    + " (delivery) where owner = 'moving'")
                            .query(String.class)
                            .list())
                    .contains("answered 307"));
    assertThat(received).noneMatch(each -> each.body().contains("vm-moving"));
  }

  @Test
  void theDeliveryLogShowsAttemptsAndADeliveryIsReplayed() {
    String url = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/moved";
    assertThat(webhook("logged", url).status()).isEqualTo(200);
    service.open("logs");
    service.register("logs", "vm-logged", "logged");
    hold("logs");
    service.settle();
    String log = "/v1/platforms/logged/webhook/deliveries";
    await()
        .untilAsserted(
            () ->
                assertThat(service.platform("logged").get(log).text("/items/0/attempts/0/outcome"))
                    .isEqualTo("answered 307"));
    Answer shown = service.platform("logged").get(log + "?limit=1");
    assertThat(shown.text("/items/0/state")).isEqualTo("FAILED");
    assertThat(shown.text("/items/0/type")).isEqualTo("tollgate.command.v1");
    String replay = log + "/" + shown.text("/items/0/delivery") + "/replay";
    assertThat(service.platform("logged").post(replay, "").text("/state")).isEqualTo("PENDING");
    assertThat(service.platform("logged").post(log + "/0/replay", "").status()).isEqualTo(404);
    assertThat(service.platform("hooked").get(log).status()).isEqualTo(403);
  }

  @Test
  void aPlatformWaitsForItsNextCommand() {
    service.open("waits");
    service.register("waits", "vm-waits", "waiting");
    var waiting =
        CompletableFuture.supplyAsync(
            () ->
                service
                    .platform("waiting")
                    .get("/v1/platforms/waiting/commands?pending=true&wait=20"));
    hold("waits");
    assertThat(waiting.join().text("/items/0/kind")).isEqualTo("SUSPEND");
    assertThat(
            service
                .platform("waiting")
                .get("/v1/platforms/waiting/commands?pending=true&wait=31")
                .text("/detail"))
        .isEqualTo("wait: must be 0 to 30 seconds, not 31");
    assertThat(
            service
                .platform("silent")
                .get("/v1/platforms/silent/commands?pending=true&wait=1")
                .body()
                .at("/items")
                .size())
        .isZero();
  }

  @Test
  void anUnprotectedOrForeignAddressIsRefusedByItsReason() {
    assertThat(webhook("plain", "http://example.org/commands").text("/detail"))
        .isEqualTo("url: scheme 'http' is not https");
    assertThat(webhook("plain", "https://user:pass@example.org/").text("/detail"))
        .isEqualTo("url: has user information before the host; credentials do not belong in a URL");
    assertThat(webhook("plain", "file:///etc/passwd").status()).isEqualTo(400);
    assertThat(webhook("plain", "HTTPS://example.org/commands").status()).isEqualTo(200);
  }

  @Test
  void aSecretIsRefusedByItsReasonAndNotRepeated() {
    var refused =
        service
            .platform("plain")
            .put(
                "/v1/platforms/plain/webhook",
                "{'url':'https://example.org/','secret':'whsec_!!!!'}");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text("/detail"))
        .isEqualTo("secret: has characters after whsec_ that base64 does not have");
    assertThat(refused.body().toString()).doesNotContain("!!!!");
    var missing =
        service.platform("plain").put("/v1/platforms/plain/webhook", "{'secret':'whsec_'}");
    assertThat(missing.text("/detail")).contains("url: is missing");
  }

  @Test
  void whatDiffersIsAskedForAgainUnlessItIsPending() {
    service.open("drift");
    service.register("drift", "vm-drift", "drifting");
    var report =
        service
            .platform("drifting")
            .post(
                "/v1/platforms/drifting/report",
                "{'instances':[{'instance':'vm-ghost','running':true}],'complete':true}");
    assertThat(report.status()).isEqualTo(200);
    assertThat(report.body().at("/differences").toString())
        .contains("vm-ghost", "NOT_REGISTERED", "vm-drift", "MAY_RUN_BUT_DOES_NOT");
    assertThat(report.text("/askedAgain/0")).isEqualTo("vm-drift");
    var again =
        service
            .platform("drifting")
            .post(
                "/v1/platforms/drifting/report",
                "{'instances':[{'instance':'vm-drift','running':false}],'complete':true}");
    assertThat(again.body().at("/askedAgain").size()).isZero();

    var agreed =
        service
            .platform("drifting")
            .post(
                "/v1/platforms/drifting/report",
                "{'instances':[{'instance':'vm-drift','running':true}],'complete':true}");
    assertThat(agreed.body().at("/differences").size()).isZero();
    assertThat(service.operator().get("/v1/audit").body().at("/green").asBoolean()).isTrue();
  }

  @Test
  void aRestrictionLimitsAnInstanceThatRunsOn() {
    service.open("greedy");
    service.register("greedy", "vm-greedy", "limiting");
    var hold =
        service
            .operator()
            .post(
                "/v1/instances/vm-greedy/holds",
                "{'cause':'BEYOND_SPECIFICATION','effect':'RESTRICT','reason':'takes 8 of 4"
                    + " cores'}");
    assertThat(hold.status()).as(hold.toString()).isEqualTo(201);
    var entitlement = service.platform("limiting").get("/v1/instances/vm-greedy/entitlement");
    assertThat(entitlement.body().at("/mayRun").asBoolean()).isTrue();
    assertThat(entitlement.body().at("/restricted").asBoolean()).isTrue();
    assertThat(pending("limiting")).containsExactly("RESTRICT");
    assertThat(green()).isTrue();

    service.operator().delete("/v1/instances/vm-greedy/holds/" + hold.text("/hold"));
    assertThat(pending("limiting")).containsExactly("UNRESTRICT");
    assertThat(green()).isTrue();
  }

  /** What was to be opened was once opened behind the back of its suspension. */
  @Test
  void anOpeningThatWasNotAcknowledgedIsNotRepeatedAfterASuspension() {
    service.open("hasty");
    assertThat(
            service
                .operator()
                .post(
                    "/v1/accounts/hasty/instances",
                    "{'instance':'vm-hasty','product':'vm','platform':'slow'}")
                .status())
        .isEqualTo(201);
    assertThat(pending("slow")).containsExactly("OPEN");
    var hold =
        service
            .operator()
            .post("/v1/accounts/hasty/holds", "{'cause':'OPERATOR','reason':'not yet'}");
    assertThat(pending("slow")).containsExactly("SUSPEND");
    service.operator().delete("/v1/accounts/hasty/holds/" + hold.text("/hold"));
    assertThat(pending("slow")).containsExactly("OPEN");
    assertThat(green()).isTrue();
  }

  /** What says late that it was opened was once not heard, and asked to be opened again. */
  @Test
  void anOpeningAcknowledgedLateIsNotedAndTheInstanceIsResumed() {
    service.open("belated");
    service
        .operator()
        .post(
            "/v1/accounts/belated/instances",
            "{'instance':'vm-belated','product':'vm','platform':'late'}");
    String opening = newestCommand("late");
    var first = hold("belated");
    assertThat(acknowledge("late", opening)).isEqualTo("ACKNOWLEDGED");
    assertThat(pending("late")).containsExactly("SUSPEND");
    service.operator().delete("/v1/accounts/belated/holds/" + first.text("/hold"));
    assertThat(pending("late")).containsExactly("RESUME");
    String resumption = newestCommand("late");
    hold("belated");
    assertThat(acknowledge("late", resumption)).isEqualTo("SUPERSEDED");
    assertThat(green()).isTrue();
  }

  @Test
  void anOpeningAcknowledgedAfterTheHoldWasLiftedTurnsTheSecondIntoAResumption() {
    service.open("latest");
    service
        .operator()
        .post(
            "/v1/accounts/latest/instances",
            "{'instance':'vm-latest','product':'vm','platform':'later'}");
    String opening = newestCommand("later");
    var hold = hold("latest");
    service.operator().delete("/v1/accounts/latest/holds/" + hold.text("/hold"));
    assertThat(pending("later")).containsExactly("OPEN");
    String again = newestCommand("later");
    assertThat(acknowledge("later", opening)).isEqualTo("ACKNOWLEDGED");
    assertThat(pending("later")).containsExactly("RESUME");
    assertThat(acknowledge("later", opening)).isEqualTo("ACKNOWLEDGED");
    assertThat(acknowledge("later", again)).isEqualTo("ACKNOWLEDGED");
    assertThat(pending("later")).containsExactly("RESUME");
    assertThat(green()).isTrue();
    service.settle();
    assertThat(Neighbours.told("latest", AccountEvent.CommandAcknowledged.class))
        .extracting(told -> told.command().value())
        .containsExactly(opening, again);
  }

  private Answer hold(String account) {
    return service
        .operator()
        .post("/v1/accounts/" + account + "/holds", "{'cause':'OPERATOR','reason':'not yet'}");
  }

  private String newestCommand(String platform) {
    return service
        .platform(platform)
        .get("/v1/platforms/" + platform + "/commands?pending=true")
        .body()
        .at("/items")
        .findValuesAsString("command")
        .getLast();
  }

  private String acknowledge(String platform, String command) {
    return service
        .platform(platform)
        .post("/v1/platforms/" + platform + "/commands/" + command + "/acknowledgement", "")
        .text("/state");
  }

  @Test
  void aReleasedInstanceThatStillRunsIsReleasedAgain() {
    service.open("zombie");
    service.register("zombie", "vm-zombie", "forgetful");
    service.customer("zombie").post("/v1/instances/vm-zombie/release", "");
    acknowledgeAll("forgetful");
    assertThat(service.state("vm-zombie")).isEqualTo("RELEASED");
    String runs = "{'instances':[{'instance':'vm-zombie','running':true}],'complete':true}";
    var report = service.platform("forgetful").post("/v1/platforms/forgetful/report", runs);
    assertThat(report.text("/askedAgain/0")).isEqualTo("vm-zombie");
    assertThat(pending("forgetful")).containsExactly("RELEASE");
    assertThat(green()).isTrue();
    acknowledgeAll("forgetful");
    assertThat(service.state("vm-zombie")).isEqualTo("RELEASED");
    assertThat(green()).isTrue();
  }

  @Test
  void backupsAreKeptByTheCustomersRuleAndDeletedByASecondCommand() {
    service.open("careful");
    service.register("careful", "vm-careful", "archive");
    assertThat(
            service
                .customer("careful")
                .put("/v1/instances/vm-careful/backup-rule", "{'keepDays':3651}")
                .status())
        .isEqualTo(400);
    assertThat(
            service
                .customer("careful")
                .put("/v1/instances/vm-careful/backup-rule", "{'keepDays':0}")
                .text("/backupDays"))
        .isEqualTo("0");
    service.customer("careful").put("/v1/instances/vm-careful/backup-rule", "{'keepDays':1}");
    var released = service.customer("careful").post("/v1/instances/vm-careful/release", "");
    Instant until = service.service().now().plus(Duration.ofDays(1));
    assertThat(Instant.parse(released.text("/backupsKeptUntil"))).isEqualTo(until);
    var command = service.platform("archive").get("/v1/platforms/archive/commands?pending=true");
    assertThat(Instant.parse(command.text("/items/0/backupsKeptUntil"))).isEqualTo(until);
    acknowledgeAll("archive");
    service.stepTo(until.toString());
    assertThat(pending("archive")).containsExactly("DELETE_BACKUPS");
    assertThat(green()).isTrue();
  }

  private List<String> pending(String platform) {
    return service
        .platform(platform)
        .get("/v1/platforms/" + platform + "/commands?pending=true")
        .body()
        .at("/items")
        .findValuesAsString("kind");
  }

  private void acknowledgeAll(String platform) {
    String commands = "/v1/platforms/" + platform + "/commands";
    service
        .platform(platform)
        .get(commands + "?pending=true")
        .body()
        .at("/items")
        .findValuesAsString("command")
        .forEach(
            command ->
                assertThat(
                        service
                            .platform(platform)
                            .post(commands + "/" + command + "/acknowledgement", "")
                            .status())
                    .isEqualTo(200));
  }

  private boolean green() {
    return service.operator().get("/v1/audit").body().at("/green").asBoolean();
  }

  @Test
  void relocationWaitsForItsGate() {
    service.open("moved");
    service.register("moved", "vm-moved", "compute");
    var refused =
        service
            .operator()
            .post("/v1/instances/vm-moved/relocation", "{'notice':'never-published'}");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text("/type")).endsWith("/gate-unknown");
  }

  private Answer relocate(String instance, NoticeId notice) {
    return service
        .operator()
        .post("/v1/instances/" + instance + "/relocation", "{'notice':'" + notice + "'}");
  }

  private static void assertRefused(Answer answer, String slug) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(422);
    assertThat(answer.text("/type")).endsWith("/" + slug);
  }

  /** Whoever was told of other instances was not told of this one. */
  @Test
  void onlyInstancesThatTheNoticeNamedAreMovedAndEachOnce() {
    service.open("movers");
    for (String instance : List.of("vm-told", "vm-told-too", "vm-untold")) {
      service.register("movers", instance, "compute");
    }
    NoticeId notice =
        Neighbours.matured(
            new GateAction.Relocation(
                Set.of(InstanceId.of("vm-told"), InstanceId.of("vm-told-too"))),
            Accounts.START);
    service.settle();
    assertRefused(relocate("vm-untold", notice), "gate-mismatch");
    assertThat(relocate("vm-told", notice).status()).isEqualTo(200);
    assertRefused(relocate("vm-told", notice), "gate-used");
    assertThat(relocate("vm-told-too", notice).status()).isEqualTo(200);
    NoticeId other =
        Neighbours.matured(new GateAction.Discontinuation(ProductId.of("vm")), Accounts.START);
    service.settle();
    assertRefused(relocate("vm-untold", other), "gate-mismatch");
  }

  /** A move that can't be made any more once used up the notice of it. */
  @Test
  void whatIsReleasedIsNotMoved() {
    service.open("gone");
    service.register("gone", "vm-gone", "going");
    NoticeId notice =
        Neighbours.matured(
            new GateAction.Relocation(Set.of(InstanceId.of("vm-gone"))), Accounts.START);
    service.settle();
    service.customer("gone").post("/v1/instances/vm-gone/release", "");
    assertRefused(relocate("vm-gone", notice), "release-commanded");
    assertThat(pending("going")).containsExactly("RELEASE");
    acknowledgeAll("going");
    assertRefused(relocate("vm-gone", notice), "already-released");
  }

  @Test
  void aDiscontinuedProductsInstancesEndBehindItsGateEachOnce() {
    service.open("leaving");
    service.register("leaving", "vm-stays", "compute");
    assertThat(
            service
                .platform("compute")
                .post(
                    "/v1/accounts/leaving/instances", "{'instance':'vm-leaves','product':'old-vm'}")
                .status())
        .isEqualTo(201);
    assertRefused(discontinue("vm-leaves", ""), "gate-needed");
    assertRefused(discontinue("vm-leaves", ",'notice':'never-published'"), "gate-unknown");
    NoticeId notice =
        Neighbours.matured(new GateAction.Discontinuation(ProductId.of("old-vm")), Accounts.START);
    service.settle();
    String named = ",'notice':'" + notice + "'";
    assertRefused(discontinue("vm-stays", named), "gate-mismatch");
    var ended = discontinue("vm-leaves", named);
    assertThat(ended.status()).as(ended.toString()).isEqualTo(200);
    assertThat(ended.text("/state")).isEqualTo("SUSPENDED");
    var unknown =
        service
            .operator()
            .post("/v1/instances/vm-stays/termination", "{'reason':'why','rule':'C4.2'}");
    assertThat(unknown.status()).isEqualTo(400);
    assertThat(unknown.text("/detail")).contains("C7.4.4", "not C4.2");
  }

  private Answer discontinue(String instance, String notice) {
    return service
        .operator()
        .post(
            "/v1/instances/" + instance + "/termination",
            "{'reason':'discontinued','rule':'C7.4.4'" + notice + "}");
  }
}
