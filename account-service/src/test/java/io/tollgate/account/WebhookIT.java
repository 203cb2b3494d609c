package io.tollgate.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.standardwebhooks.Webhook;
import com.sun.net.httpserver.HttpServer;
import io.tollgate.account.testing.Accounts;
import io.tollgate.account.testing.OnSharedAccounts;
import io.tollgate.account.testing.Platform;
import io.tollgate.client.Answer;
import io.tollgate.testing.OpenApiDocument;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Commands are posted, signed, to where a platform wants them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@OnSharedAccounts
class WebhookIT {

  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final AtomicInteger status = new AtomicInteger(503);
  private final Accounts service;
  private HttpServer receiver;

  WebhookIT(Accounts service) {
    this.service = service;
  }

  /** A webhook as it came in. */
  private record Received(String body, Map<String, List<String>> headers) {

    String id() {
      return headers.getOrDefault("Webhook-id", List.of()).getFirst();
    }
  }

  @BeforeAll
  void listen() throws IOException {
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
  }

  @AfterAll
  void stop() {
    receiver.stop(0);
  }

  private String url(String path) {
    return "http://127.0.0.1:" + receiver.getAddress().getPort() + path;
  }

  /** Opens an account whose one instance is suspended at once, which is a command. */
  private void suspend(String account, String instance, String platform) {
    service.open(account);
    service.register(account, instance, platform);
    var held =
        service
            .operator()
            .post(
                "/v1/instances/" + instance + "/holds",
                "{'cause':'ATTACK','reason':'under attack'}");
    assertThat(held.status()).isEqualTo(201);
    service.settle();
  }

  @Test
  void aCommandIsPostedSignedAndRepeatedUntilAcknowledged() throws Exception {
    Platform hooked = new Platform(service, "hooked");
    assertThat(hooked.webhook(url("/commands"), SECRET).status()).isEqualTo(200);
    suspend("hooks", "vm-hooked", "hooked");
    await().until(() -> received.size() == 1);
    Received first = received.getFirst();
    new Webhook(SECRET).verify(first.body(), first.headers());
    assertThat(first.body()).contains("\"kind\":\"SUSPEND\"", "\"delivery\":1");
    assertThat(OpenApiDocument.of("account").webhookFaults("command", first.body())).isEmpty();

    status.set(200);
    Instant posted = service.service().now();
    service.stepTo(posted.plus(Duration.ofMinutes(1)).toString());
    assertThat(received).hasSize(2);
    assertThat(received.getLast().id()).isEqualTo(first.id());

    assertThat(hooked.acknowledge(first.id())).isEqualTo("ACKNOWLEDGED");
    service.stepTo(posted.plus(Duration.ofHours(2)).toString());
    assertThat(received).hasSize(2);
    assertThat(service.platform("hooked").get("/v1/platforms/hooked/webhook").body().toString())
        .contains(url("/commands"))
        .doesNotContain(SECRET);
  }

  @Test
  void aRedirectIsAnAnswerThatIsLoggedAndNotFollowed() {
    Platform moving = new Platform(service, "moving");
    assertThat(moving.webhook(url("/moved"), SECRET).status()).isEqualTo(200);
    suspend("moves", "vm-moving", "moving");
    String log = "/v1/platforms/moving/webhook/deliveries";
    await()
        .untilAsserted(
            () ->
                assertThat(service.platform("moving").get(log).text("/items/0/attempts/0/outcome"))
                    .isEqualTo("answered 307"));
    assertThat(received).noneMatch(each -> each.body().contains("vm-moving"));

    Answer shown = service.platform("moving").get(log + "?limit=1");
    assertThat(shown.text("/items/0/state")).isEqualTo("FAILED");
    assertThat(shown.text("/items/0/type")).isEqualTo("tollgate.command.v1");
    String replay = log + "/" + shown.text("/items/0/delivery") + "/replay";
    assertThat(service.platform("moving").post(replay, "").text("/state")).isEqualTo("PENDING");
    assertThat(service.platform("moving").post(log + "/0/replay", "").status()).isEqualTo(404);
    assertThat(service.platform("hooked").get(log).status()).isEqualTo(403);
  }

  @Test
  void anUnprotectedOrForeignAddressIsRefusedByItsReason() {
    Platform plain = new Platform(service, "plain");
    assertThat(plain.webhook("http://example.org/commands", SECRET).text("/detail"))
        .isEqualTo("url: scheme 'http' is not https");
    assertThat(plain.webhook("https://user:pass@example.org/", SECRET).text("/detail"))
        .isEqualTo("url: has user information before the host; credentials do not belong in a URL");
    assertThat(plain.webhook("file:///etc/passwd", SECRET).status()).isEqualTo(400);
    assertThat(plain.webhook("HTTPS://example.org/commands", SECRET).status()).isEqualTo(200);
  }

  @Test
  void aSecretIsRefusedByItsReasonAndNotRepeated() {
    var refused = new Platform(service, "plain").webhook("https://example.org/", "whsec_!!!!");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text("/detail"))
        .isEqualTo("secret: has characters after whsec_ that base64 does not have");
    assertThat(refused.body().toString()).doesNotContain("!!!!");
    var missing =
        service.platform("plain").put("/v1/platforms/plain/webhook", "{'secret':'whsec_'}");
    assertThat(missing.text("/detail")).contains("url: is missing");
  }
}
