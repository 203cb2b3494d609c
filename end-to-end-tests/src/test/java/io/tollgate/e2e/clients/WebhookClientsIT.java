package io.tollgate.e2e.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.tollgate.client.Answer;
import io.tollgate.e2e.testing.Cloud;
import io.tollgate.e2e.testing.NodePrograms;
import io.tollgate.e2e.testing.OnSharedCloud;
import io.tollgate.standalone.Service;
import io.tollgate.testing.OpenApiDocument;
import io.tollgate.testing.User;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A customer's low balance and arrears come as webhooks that published packages verify. */
@OnSharedCloud
class WebhookClientsIT {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String NAME = "webhooked";

  private final List<Received> received = new CopyOnWriteArrayList<>();
  private HttpServer receiver;

  /** A webhook as it came in; header names in small letters. */
  private record Received(String body, Map<String, String> headers) {

    String type() {
      return JSON.readTree(body).path("type").asString();
    }
  }

  @BeforeEach
  void listen() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
          exchange
              .getRequestHeaders()
              .forEach((name, values) -> headers.put(name, values.getFirst()));
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          received.add(new Received(body, headers));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    receiver.start();
  }

  @AfterEach
  void stop() {
    receiver.stop(0);
  }

  @Test
  void aCustomersWebhooksAreVerifiedByThePublishedLibrary(Cloud cloud) {
    NodePrograms.install();
    LocalDate day = cloud.freshDay();
    cloud.meter(NAME, "SUM", day + "T00:00");
    cloud.product(NAME, "HOUR");
    var unused =
        cloud.price(
            NAME,
            day + "T00:00",
            Cloud.priced(NAME, "{'kind':'PER_UNIT','unitPrice':'0.01'}", "CYCLE"));
    cloud.open(NAME, NAME);
    cloud.deployment().settle();
    User customer = cloud.deployment().customer(Service.NOTIFICATION, NAME);
    String publicKey = register(customer);
    unused = cloud.recharge(NAME, "6");
    unused =
        Cloud.done(
            cloud
                .deployment()
                .customer(Service.BILLING, NAME)
                .put("/v1/accounts/" + NAME + "/low-balance-threshold", "{'amount':'5'}"));

    cloud.use(NAME, NAME, day + "T00:30", "250");
    cloud.advanceTo(day + "T01:00");
    cloud.use(NAME, NAME, day + "T01:30", "1000");
    cloud.advanceTo(day + "T02:00");

    assertThat(received)
        .extracting(Received::type)
        .contains(
            "tollgate.notice.recharge-received.v1",
            "tollgate.notice.low-balance.v1",
            "tollgate.notice.arrears-begun.v1");
    OpenApiDocument document = OpenApiDocument.of("notification");
    for (Received message : received) {
      assertThat(
              NodePrograms.run(
                  "verify.mjs",
                  SECRET,
                  publicKey,
                  JSON.writeValueAsString(lowerCase(message.headers())),
                  message.body()))
          .isEqualTo(message.type());
      assertThat(document.webhookFaults("notice", message.body())).isEmpty();
    }
    Answer log = customer.get("/v1/accounts/" + NAME + "/webhook/deliveries");
    assertThat(log.body().path("items").valueStream().map(each -> each.path("state").asString()))
        .hasSize(received.size())
        .containsOnly("DELIVERED");
    assertReplayed(cloud, customer, log.body().at("/items/0"));
  }

  private String register(User customer) {
    Answer registered =
        Cloud.done(
            customer.put(
                "/v1/accounts/" + NAME + "/webhook",
                "{'url':'http://127.0.0.1:%d/tollgate','secret':'%s','asymmetric':true}"
                    .formatted(receiver.getAddress().getPort(), SECRET)));
    assertThat(registered.toString()).doesNotContain(SECRET);
    return registered.text("/publicKey");
  }

  private static Map<String, String> lowerCase(Map<String, String> headers) {
    Map<String, String> lower = new TreeMap<>();
    headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
    return lower;
  }

  private void assertReplayed(Cloud cloud, User customer, JsonNode delivery) {
    int before = received.size();
    var unused =
        Cloud.done(
            customer.post(
                "/v1/accounts/%s/webhook/deliveries/%s/replay"
                    .formatted(NAME, delivery.path("delivery").asString()),
                ""));
    cloud.deployment().settle();
    assertThat(received).hasSize(before + 1);
    assertThat(received.getLast().headers().get("webhook-id"))
        .isEqualTo(delivery.path("message").asString());
  }
}
