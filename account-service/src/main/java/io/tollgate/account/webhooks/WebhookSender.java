package io.tollgate.account.webhooks;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookSigningException;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.timeout.ReadTimeoutException;
import io.tollgate.account.commands.Command;
import io.tollgate.model.event.WireMapper;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufMono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.http.client.PrematureCloseException;
import reactor.netty.resources.ConnectionProvider;

/**
 * Posts a command, signed according to Standard Webhooks. Receivers recognize repetitions by {@code
 * webhook-id} and reject old timestamps, so timestamps are system time, whatever the business clock
 * says.
 *
 * <p>The address is checked again before every delivery, after DNS resolution; redirects are not
 * followed.
 */
@Component
class WebhookSender implements DisposableBean {

  static final String NO_ANSWER = "failed: no answer in time";
  private static final int CONNECT_MILLIS = 2_000;
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final Duration ALL = Duration.ofSeconds(8);
  private static final String TYPE = "tollgate.command.v1";

  private final WebhookSettings settings;
  private final PublicResolver resolver;
  private final HttpClient http;
  private final InstantSource machineTime;

  WebhookSender(
      WebhookSettings settings, ReactorResourceFactory resources, InstantSource machineTime) {
    this.settings = settings;
    this.resolver = new PublicResolver(settings.allowPrivateAddresses());
    this.http =
        HttpClient.create(ConnectionProvider.newConnection())
            .runOn(resources.getLoopResources())
            .resolver(resolver)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
            .responseTimeout(ANSWER)
            .followRedirect(false)
            .disableRetry(true);
    this.machineTime = machineTime;
  }

  /** Sends once; how it went, in words for an operator. Never throws for what the receiver does. */
  String send(Endpoint endpoint, Command command) {
    return switch (WebhookUrl.read(endpoint.url().toString(), settings.allowPrivateAddresses())) {
      case WebhookUrl.Reading.Invalid invalid -> "not sent: " + invalid.fault();
      case WebhookUrl.Reading.Valid valid -> post(endpoint, command);
    };
  }

  private String post(Endpoint endpoint, Command command) {
    String outcome =
        request(endpoint, command)
            .map(response -> "answered " + response.status().code())
            .timeout(ALL)
            .onErrorResume(failure -> Mono.just(failed(failure)))
            .block();
    return outcome == null ? NO_ANSWER : outcome;
  }

  /** What the platform reads, who knows its own server and not our classes. */
  static String failed(Throwable failure) {
    return switch (failure) {
      case PublicResolver.NotPublicException refused -> "not sent: " + refused.getMessage();
      case TimeoutException e -> NO_ANSWER;
      case ReadTimeoutException e -> NO_ANSWER;
      case ConnectTimeoutException e -> "failed: no connection in time";
      case ConnectException e -> "failed: the connection was refused";
      case UnknownHostException e -> "failed: the host name is unknown";
      case SSLException e -> "failed: no TLS connection, or no trusted certificate";
      case PrematureCloseException e -> "failed: the connection broke before an answer";
      default -> "failed: no connection";
    };
  }

  private Mono<HttpClientResponse> request(Endpoint endpoint, Command command) {
    String id = command.command().value();
    long timestamp = machineTime.instant().getEpochSecond();
    String body = body(command);
    return http.headers(
            headers ->
                headers
                    .set("Content-Type", "application/json")
                    .set(Webhook.UNBRANDED_MSG_ID_KEY, id)
                    .set(Webhook.UNBRANDED_MSG_TIMESTAMP_KEY, Long.toString(timestamp))
                    .set(Webhook.UNBRANDED_MSG_SIGNATURE_KEY, sign(endpoint, id, timestamp, body)))
        .post()
        .uri(endpoint.url())
        .send(ByteBufMono.fromString(Mono.just(body)))
        .response();
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
    resolver.close();
  }
}
