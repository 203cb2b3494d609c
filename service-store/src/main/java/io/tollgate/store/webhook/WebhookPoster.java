package io.tollgate.store.webhook;

import com.standardwebhooks.Webhook;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.timeout.ReadTimeoutException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.client.ReactorResourceFactory;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufMono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.http.client.PrematureCloseException;
import reactor.netty.resources.ConnectionProvider;

/**
 * Posts a message once, signed according to Standard Webhooks. Receivers recognize repetitions by
 * {@code webhook-id} and reject old timestamps, so timestamps are system time, whatever the
 * business clock says.
 *
 * <p>The address is checked again before every delivery, after DNS resolution; redirects are not
 * followed.
 */
final class WebhookPoster implements DisposableBean {

  static final String NO_ANSWER = "failed: no answer in time";
  private static final String REQUEST_ORIGIN = "WebHook-Request-Origin";
  private static final String ALLOWED_ORIGIN = "WebHook-Allowed-Origin";
  private static final int CONNECT_MILLIS = 2_000;
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final Duration ALL = Duration.ofSeconds(8);

  private final WebhookSettings settings;
  private final PublicResolver resolver;
  private final HttpClient http;
  private final InstantSource machineTime;

  WebhookPoster(
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

  /** Posts once. Never throws for what the receiver does. */
  Attempt post(Endpoint endpoint, QueuedMessage message) {
    return switch (WebhookUrl.read(endpoint.url().toString(), settings.allowPrivateAddresses())) {
      case WebhookUrl.Reading.Invalid invalid -> Attempt.unanswered("not sent: " + invalid.fault());
      case WebhookUrl.Reading.Valid valid -> attempt(posted(endpoint, message));
    };
  }

  private Attempt attempt(Mono<HttpClientResponse> request) {
    return request
        .map(answer -> Attempt.answered(answer.status().code(), retryAfter(answer)))
        .timeout(ALL)
        .onErrorResume(failure -> Mono.just(Attempt.unanswered(failed(failure))))
        .blockOptional()
        .orElseGet(() -> Attempt.unanswered(NO_ANSWER));
  }

  /** What the receiver's owner reads, who knows the own server and not our classes. */
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

  private Mono<HttpClientResponse> posted(Endpoint endpoint, QueuedMessage message) {
    long timestamp = machineTime.instant().getEpochSecond();
    String signature = endpoint.keys().sign(message.message(), timestamp, message.body());
    return http.headers(
            headers ->
                headers
                    .set("Content-Type", "application/json")
                    .set(Webhook.UNBRANDED_MSG_ID_KEY, message.message())
                    .set(Webhook.UNBRANDED_MSG_TIMESTAMP_KEY, Long.toString(timestamp))
                    .set(Webhook.UNBRANDED_MSG_SIGNATURE_KEY, signature))
        .post()
        .uri(endpoint.url())
        .send(ByteBufMono.fromString(Mono.just(message.body())))
        .response();
  }

  private Optional<Duration> retryAfter(HttpClientResponse answer) {
    String text = answer.responseHeaders().get("Retry-After", "").strip();
    return text.matches("[0-9]{1,9}")
        ? Optional.of(Duration.ofSeconds(Long.parseLong(text)))
        : untilDate(text, machineTime.instant());
  }

  private static Optional<Duration> untilDate(String text, Instant now) {
    try {
      return Optional.of(
              Duration.between(
                  now, ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)))
          .filter(Duration::isPositive);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /**
   * Asks a receiver for its consent (the handshake of CloudEvents' web hooks): it must answer
   * OPTIONS with this deployment's origin, or with any.
   *
   * @return why it does not consent; empty when it does
   */
  Optional<String> consentFault(URI url) {
    return http.headers(headers -> headers.set(REQUEST_ORIGIN, settings.origin()))
        .options()
        .uri(url)
        .response()
        .map(answer -> refusal(answer.status().code(), answer.responseHeaders()))
        .timeout(ALL)
        .onErrorResume(failure -> Mono.just(Optional.of(failed(failure))))
        .blockOptional()
        .orElseGet(() -> Optional.of(NO_ANSWER));
  }

  private Optional<String> refusal(int status, HttpHeaders headers) {
    String allowed = headers.get(ALLOWED_ORIGIN, "").strip();
    boolean consents = allowed.equals("*") || allowed.equalsIgnoreCase(settings.origin());
    return status >= 200 && status < 300 && consents
        ? Optional.empty()
        : Optional.of(
            "OPTIONS answered %d with %s '%s' instead of '%s' or '*'"
                .formatted(status, ALLOWED_ORIGIN, allowed, settings.origin()));
  }

  @Override
  public void destroy() {
    resolver.close();
  }
}
