package io.tollgate.account.webhooks;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookSigningException;
import io.tollgate.account.commands.Command;
import io.tollgate.model.event.WireMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Posts a command, signed by Standard Webhooks. Receivers tell repetitions by {@code webhook-id},
 * and refuse old timestamps: these are the machine's time, whatever the business clock says.
 */
@Component
class WebhookSender implements DisposableBean {

  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final String TYPE = "tollgate.command.v1";

  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final InstantSource machineTime;

  WebhookSender(InstantSource machineTime) {
    this.machineTime = machineTime;
  }

  /** Sends once; how it went, in words for an operator. Never throws for what the receiver does. */
  String send(Endpoint endpoint, Command command) {
    try {
      var response = http.send(request(endpoint, command), BodyHandlers.discarding());
      return "answered " + response.statusCode();
    } catch (IOException e) {
      return "failed: " + e.getClass().getSimpleName();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }

  private HttpRequest request(Endpoint endpoint, Command command) {
    String id = command.command().value();
    long timestamp = machineTime.instant().getEpochSecond();
    String body = body(command);
    return HttpRequest.newBuilder(endpoint.url())
        .timeout(ANSWER)
        .header("Content-Type", "application/json")
        .header(Webhook.UNBRANDED_MSG_ID_KEY, id)
        .header(Webhook.UNBRANDED_MSG_TIMESTAMP_KEY, Long.toString(timestamp))
        .header(Webhook.UNBRANDED_MSG_SIGNATURE_KEY, sign(endpoint, id, timestamp, body))
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  private static String sign(Endpoint endpoint, String id, long timestamp, String body) {
    try {
      return new Webhook(endpoint.secret()).sign(id, timestamp, body);
    } catch (WebhookSigningException e) {
      throw new IllegalStateException("every Java has HMAC-SHA256", e);
    }
  }

  private static String body(Command command) {
    Map<String, Object> data = new TreeMap<>();
    data.put("command", command.command());
    data.put("number", command.number());
    data.put("kind", command.kind());
    data.put("instance", command.instance());
    data.put("account", command.account());
    data.put("rule", command.rule());
    data.put("delivery", command.delivery());
    command.backupsKeptUntil().ifPresent(until -> data.put("backupsKeptUntil", until));
    return WireMapper.mapper().writeValueAsString(new Body(TYPE, command.wantedAt(), data));
  }

  private record Body(String type, Instant timestamp, Map<String, Object> data) {}

  @Override
  public void destroy() {
    http.shutdownNow();
  }
}
