package io.tollgate.store.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.standardwebhooks.Webhook;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariDataSource;
import io.tollgate.model.AccountId;
import io.tollgate.store.audittrail.AuditTrail;
import io.tollgate.store.jdbc.Transactions;
import io.tollgate.store.setaside.Isolation;
import io.tollgate.store.setaside.Isolations;
import io.tollgate.store.setaside.Selection;
import io.tollgate.store.testing.SupportDatabase;
import io.tollgate.support.ServiceIdentity;
import io.tollgate.support.time.BusinessClock;
import io.tollgate.support.time.ClockMode;
import io.tollgate.support.web.ProblemException;
import io.tollgate.support.web.security.Operators;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** Messages reach a receiver as Standard Webhooks and CloudEvents say, on a hand-driven clock. */
class WebhooksIT {

  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String OTHER_SECRET = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
  private static final Webhooks.Owner ACME =
      new Webhooks.Owner("acme", "account", Optional.empty(), "C3.1.2", "tester");

  private static final HikariDataSource DATABASE = SupportDatabase.create();

  private final JdbcClient jdbc = JdbcClient.create(DATABASE);
  private final Transactions transactions =
      new Transactions(new JdbcTransactionManager(DATABASE), jdbc);
  private final HandClock clock = new HandClock();
  private final ReactorResourceFactory resources = new ReactorResourceFactory();
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final AtomicInteger status = new AtomicInteger(204);
  private volatile Map<String, String> answered = Map.of();
  private HttpServer receiver;
  private Webhooks webhooks;
  private WebhookSweep sweep;
  private JdbcDeliveryRepository deliveries;

  private static final class HandClock implements BusinessClock {
    private Instant now = Instant.parse("2024-03-01T00:00:00Z");

    @Override
    public Instant now() {
      return now;
    }

    @Override
    public ClockMode mode() {
      return ClockMode.TEST;
    }
  }

  /** A message as it came in. */
  private record Received(String path, String body, Map<String, List<String>> headers) {

    String header(String name) {
      return headers.getOrDefault(name, List.of("")).getFirst();
    }
  }

  @AfterAll
  static void disconnect() {
    DATABASE.close();
  }

  @BeforeEach
  void start() throws IOException {
    jdbc.sql("truncate webhook_endpoint, webhook_delivery, webhook_attempt").update();
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext("/", this::receive);
    receiver.start();
    resources.setUseGlobalResources(false);
    resources.setShutdownQuietPeriod(Duration.ZERO);
    resources.start();
    wire(true);
  }

  private void wire(boolean allowPrivateAddresses) {
    WebhookSettings settings = new WebhookSettings(allowPrivateAddresses, "billing.example");
    JdbcEndpointRepository endpoints = new JdbcEndpointRepository(jdbc);
    deliveries = new JdbcDeliveryRepository(jdbc);
    WebhookPoster poster = new WebhookPoster(settings, resources, InstantSource.system());
    AuditTrail trail = new AuditTrail(jdbc, clock, new Operators());
    Isolation isolation = Isolations.of(jdbc, transactions, clock);
    webhooks = new Webhooks(endpoints, deliveries, poster, settings, transactions, trail, clock);
    sweep =
        new WebhookSweep(
            endpoints,
            deliveries,
            poster,
            transactions,
            clock,
            isolation,
            new ServiceIdentity("store", "test", Path.of("target")));
  }

  private void receive(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    if (exchange.getRequestMethod().equals("POST")) {
      received.add(
          new Received(
              exchange.getRequestURI().getPath(), body, Map.copyOf(exchange.getRequestHeaders())));
    }
    answered.forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
    exchange.sendResponseHeaders(status.get(), -1);
    exchange.close();
  }

  @AfterEach
  void stop() {
    sweep.destroy();
    resources.stop();
    receiver.stop(0);
  }

  private String url() {
    return "http://127.0.0.1:" + receiver.getAddress().getPort() + "/bills";
  }

  private WebhookView register(Optional<String> secret, boolean asymmetric) {
    return webhooks.register(
        ACME,
        new NewWebhook(url(), secret, Optional.of(asymmetric), Optional.empty(), Optional.empty()));
  }

  private WebhookView renewKey() {
    return webhooks.register(
        ACME,
        new NewWebhook(
            url(), Optional.empty(), Optional.of(true), Optional.of(true), Optional.empty()));
  }

  private void queue(String owner, String id) {
    transactions.execute(() -> webhooks.queue(message(owner, id)));
  }

  private Webhooks.Message message(String owner, String id) {
    return new Webhooks.Message(
        owner, AccountId.of(owner), id, "test.v1", clock.now(), Map.of("bill", "b-1"));
  }

  private void pass(Duration time) {
    clock.now = clock.now.plus(time);
    sweepAll();
  }

  private void sweepAll() {
    while (sweep.anythingDue(clock.now)) {
      var unused = sweep.runBatch(clock.now);
    }
  }

  private DeliveryView logged() {
    return webhooks.log("acme", Optional.of(1), Optional.empty()).items().getFirst();
  }

  @Test
  void aMessageIsSignedByTheSecretTheOneBeforeAndTheAsymmetricKey() throws Exception {
    register(Optional.of(OTHER_SECRET), true);
    String publicKey = register(Optional.of(SECRET), true).publicKey().orElseThrow();
    queue("acme", "msg-1");
    sweepAll();

    Received message = received.getFirst();
    assertThat(message.body())
        .isEqualTo(
            "{\"type\":\"test.v1\",\"timestamp\":\"2024-03-01T00:00:00Z\",\"data\":{\"bill\":\"b-1\"}}");
    assertThat(message.header("Webhook-id")).isEqualTo("msg-1");
    new Webhook(SECRET).verify(message.body(), message.headers());
    new Webhook(OTHER_SECRET).verify(message.body(), message.headers());
    assertThat(asymmetricVerifies(publicKey, message)).isTrue();
    assertThat(logged().state()).isEqualTo(DeliveryView.State.DELIVERED);

    pass(Duration.ofHours(25));
    queue("acme", "msg-2");
    sweepAll();
    assertThat(received.getLast().header("Webhook-signature").split(" ")).hasSize(2);
    new Webhook(SECRET).verify(received.getLast().body(), received.getLast().headers());
  }

  @Test
  void anAsymmetricKeyThatIsReplacedOrLeftOutSignsOnForADay() throws Exception {
    String first = register(Optional.empty(), true).publicKey().orElseThrow();
    WebhookView renewed = renewKey();
    String second = renewed.publicKey().orElseThrow();
    assertThat(second).isNotEqualTo(first);
    assertThat(renewed.previousKeyUntil()).contains(clock.now.plus(Duration.ofDays(1)));
    assertThat(renewKey().publicKey()).as("the answer to a repetition").contains(second);
    Received both = posted("msg-1");
    assertThat(asymmetricVerifies(first, both)).isTrue();
    assertThat(asymmetricVerifies(second, both)).isTrue();

    clock.now = clock.now.plus(Duration.ofDays(1));
    Received one = posted("msg-2");
    assertThat(asymmetricVerifies(first, one)).isFalse();
    assertThat(asymmetricVerifies(second, one)).isTrue();

    assertThat(register(Optional.of(SECRET), false).publicKey()).isEmpty();
    String third = register(Optional.empty(), true).publicKey().orElseThrow();
    Received all = posted("msg-3");
    new Webhook(SECRET).verify(all.body(), all.headers());
    assertThat(asymmetricVerifies(second, all)).isTrue();
    assertThat(asymmetricVerifies(third, all)).isTrue();
  }

  private Received posted(String id) {
    queue("acme", id);
    sweepAll();
    return received.getLast();
  }

  @Test
  void aWebhookHasAKeyAndANewOneOnlyIfItIsAsymmetric() {
    assertThat(
            catchThrowableOfType(ProblemException.class, () -> register(Optional.empty(), false)))
        .hasMessageContaining("a webhook that is not asymmetric needs one");
    NewWebhook wanted =
        new NewWebhook(
            url(), Optional.of(SECRET), Optional.empty(), Optional.of(true), Optional.empty());
    assertThat(catchThrowableOfType(ProblemException.class, () -> webhooks.register(ACME, wanted)))
        .hasMessageContaining("newKey: is only for a webhook that is asymmetric");
  }

  private static boolean asymmetricVerifies(String publicKey, Received message)
      throws GeneralSecurityException {
    byte[] raw = Base64.getDecoder().decode(publicKey.substring("whpk_".length()));
    byte[] prefix = Base64.getDecoder().decode("MCowBQYDK2VwAyEA");
    byte[] encoded = Arrays.copyOf(prefix, prefix.length + raw.length);
    System.arraycopy(raw, 0, encoded, prefix.length, raw.length);
    PublicKey key =
        KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    String signed =
        "%s.%s.%s"
            .formatted(
                message.header("Webhook-id"), message.header("Webhook-timestamp"), message.body());
    for (String signature : message.header("Webhook-signature").split(" ")) {
      if (signature.startsWith("v1a,") && verifies(key, signed, signature.substring(4))) {
        return true;
      }
    }
    return false;
  }

  private static boolean verifies(PublicKey key, String signed, String signature)
      throws GeneralSecurityException {
    Signature verifier = Signature.getInstance("Ed25519");
    verifier.initVerify(key);
    verifier.update(signed.getBytes(StandardCharsets.UTF_8));
    return verifier.verify(Base64.getDecoder().decode(signature));
  }

  @Test
  void aMessageIsPostedElevenTimesOverThreeDaysAndReplayed() {
    register(Optional.of(SECRET), false);
    status.set(500);
    queue("acme", "msg-1");
    sweepAll();
    assertThat(received).hasSize(1);
    pass(Duration.ofSeconds(4));
    assertThat(received).hasSize(1);
    pass(Duration.ofSeconds(1));
    assertThat(received).hasSize(2);
    for (int hour = 0; hour < 74; hour++) {
      pass(Duration.ofHours(1));
    }
    assertThat(received).hasSize(11);
    assertThat(logged().state()).isEqualTo(DeliveryView.State.FAILED);
    assertThat(logged().nextAttemptAt()).isEmpty();
    assertThat(logged().attempts())
        .hasSize(11)
        .allSatisfy(attempt -> assertThat(attempt.outcome()).isEqualTo("answered 500"));

    status.set(200);
    DeliveryView replayed = webhooks.replay(ACME, logged().delivery());
    assertThat(replayed.state()).isEqualTo(DeliveryView.State.PENDING);
    sweepAll();
    assertThat(received).hasSize(12);
    assertThat(received).extracting(each -> each.header("Webhook-id")).containsOnly("msg-1");
    assertThat(logged().state()).isEqualTo(DeliveryView.State.DELIVERED);
    assertThat(logged().attempts().getLast().number()).isEqualTo(12);
  }

  @Test
  void whatItsSenderRepeatsIsPostedOnceEachTime() {
    register(Optional.of(SECRET), false);
    status.set(500);
    for (int delivery = 1; delivery <= 2; delivery++) {
      transactions.execute(() -> webhooks.queueRepetition(message("acme", "cmd-1")));
      pass(Duration.ofHours(1));
      assertThat(received).hasSize(delivery);
      assertThat(logged().state()).isEqualTo(DeliveryView.State.FAILED);
    }
    assertThat(logged().attempts()).hasSize(2);
  }

  @Test
  void aReceiverThatIsGoneGetsNothingUntilItRegistersAgain() {
    register(Optional.of(SECRET), false);
    status.set(410);
    queue("acme", "msg-1");
    queue("acme", "msg-2");
    sweepAll();
    assertThat(webhooks.show("acme").disabledAt()).contains(clock.now);
    int before = received.size();
    queue("acme", "msg-3");
    pass(Duration.ofDays(3));
    assertThat(received).hasSize(before);

    status.set(200);
    assertThat(register(Optional.of(SECRET), false).disabledAt()).isEmpty();
    queue("acme", "msg-4");
    sweepAll();
    assertThat(received.getLast().header("Webhook-id")).isEqualTo("msg-4");
  }

  @Test
  void aPauseThatTheReceiverAsksForIsKeptForAllItsMessages() {
    register(Optional.of(SECRET), false);
    status.set(503);
    answered = Map.of("Retry-After", "600");
    queue("acme", "msg-1");
    sweepAll();
    assertThat(webhooks.show("acme").pausedUntil()).contains(clock.now.plusSeconds(600));
    status.set(200);
    queue("acme", "msg-2");
    pass(Duration.ofSeconds(599));
    assertThat(received).hasSize(1);
    pass(Duration.ofSeconds(1));
    assertThat(received)
        .extracting(each -> each.header("Webhook-id"))
        .containsExactlyInAnyOrder("msg-1", "msg-1", "msg-2");
  }

  @Test
  void aPauseMayBeAskedForAsADate() {
    register(Optional.of(SECRET), false);
    status.set(503);
    ZonedDateTime date = InstantSource.system().instant().atZone(ZoneOffset.UTC).plusHours(1);
    answered = Map.of("Retry-After", DateTimeFormatter.RFC_1123_DATE_TIME.format(date));
    queue("acme", "msg-1");
    sweepAll();
    assertThat(webhooks.show("acme").pausedUntil().orElseThrow())
        .isBetween(clock.now.plusSeconds(3_500), clock.now.plusSeconds(3_600));
  }

  @Test
  void aPrivateAddressIsRefusedAndOneThatWasAllowedOnceIsNotPostedTo() {
    register(Optional.of(SECRET), false);
    queue("acme", "msg-1");
    sweep.destroy();
    wire(false);
    String fault = "host '127.0.0.1' is not public (loopback)";
    assertThat(
            catchThrowableOfType(
                ProblemException.class, () -> register(Optional.of(SECRET), false)))
        .hasMessageContaining(fault);
    sweepAll();
    assertThat(logged().attempts())
        .extracting(DeliveryView.AttemptView::outcome)
        .containsExactly("not sent: " + fault);
    assertThat(received).isEmpty();
  }

  @Test
  void aReceiverIsAskedForItsConsentByTheHandshake() {
    NewWebhook wanted =
        new NewWebhook(
            url(), Optional.of(SECRET), Optional.empty(), Optional.empty(), Optional.of(true));
    ProblemException refused =
        catchThrowableOfType(ProblemException.class, () -> webhooks.register(ACME, wanted));
    assertThat(refused.slug()).isEqualTo("webhook-without-consent");
    answered = Map.of("WebHook-Allowed-Origin", "another.example");
    assertThat(catchThrowableOfType(ProblemException.class, () -> webhooks.register(ACME, wanted)))
        .hasMessageContaining("another.example");
    answered = Map.of("WebHook-Allowed-Origin", "billing.example");
    assertThat(webhooks.register(ACME, wanted).url()).hasToString(url());
  }

  /** One that did not answer once filled every batch, and all others waited for it. */
  @Test
  void oneOwnerFillsNoMoreThanItsShareOfABatch() {
    List<String> owners = List.of("acme", "other");
    for (String owner : owners) {
      webhooks.register(
          new Webhooks.Owner(owner, "account", Optional.empty(), "C3.1.2", "tester"),
          new NewWebhook(
              url(), Optional.of(SECRET), Optional.empty(), Optional.empty(), Optional.empty()));
    }
    for (int n = 1; n <= 6; n++) {
      queue("acme", "a-" + n);
    }
    queue("other", "o-1");
    List<String> due = new ArrayList<>();
    deliveries
        .due(clock.now, 100, 4, Selection.REGULAR)
        .forEach(each -> due.add(each.message().message()));
    assertThat(due).containsExactly("a-1", "a-2", "a-3", "a-4", "o-1");
  }

  @Test
  void whatIsNoLongerWantedOrHasNoReceiverIsNotPosted() {
    queue("acme", "msg-0");
    register(Optional.of(SECRET), false);
    queue("acme", "msg-1");
    transactions.execute(() -> webhooks.cancel("acme", List.of("msg-1")));
    queue("acme", "msg-2");
    webhooks.remove(ACME);
    sweepAll();
    assertThat(received).isEmpty();
    assertThat(webhooks.log("acme", Optional.of(1), Optional.empty()).nextCursor()).isPresent();
    long delivery = logged().delivery();
    assertThat(
            catchThrowableOfType(ProblemException.class, () -> webhooks.replay(ACME, delivery))
                .slug())
        .isEqualTo("not-found");
  }
}
