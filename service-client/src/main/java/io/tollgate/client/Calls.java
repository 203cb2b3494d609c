package io.tollgate.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Typed calls to one service.
 *
 * <p>Every call is idempotent: by the route's contract, or by an idempotency key that is made here.
 * So a call that is not answered, or answered by 429 or 503, is repeated with growing pauses, as
 * long as the retry allows; {@code Retry-After} is honoured. Fields that the client does not know
 * are ignored, so that a newer service does not stop an older client.
 */
public final class Calls {

  private static final String JSON_TYPE = "application/json";
  private static final int NO_ANSWER = 0;
  private static final int TOO_MANY = 429;
  private static final int UNAVAILABLE = 503;
  private static final JsonMapper JSON = mapper();

  private final ServiceClient service;
  private final Retry retry;

  /** Calls to a service, repeated as the retry says. */
  public Calls(ServiceClient service, Retry retry) {
    this.service = service;
    this.retry = retry;
  }

  private static JsonMapper mapper() {
    JsonFactory factory =
        JsonFactory.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();
    return JsonMapper.builder(factory)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
        .changeDefaultPropertyInclusion(
            old -> old.withValueInclusion(JsonInclude.Include.NON_ABSENT))
        .withConfigOverride(
            BigDecimal.class,
            decimal -> decimal.setFormat(JsonFormat.Value.forShape(JsonFormat.Shape.STRING)))
        .build();
  }

  /** A path whose variables are filled in, each as one segment. */
  public static String path(String template, String... variables) {
    String path = template;
    for (String variable : variables) {
      path = path.replaceFirst("\\{[a-z]+}", encoded(variable).replace("$", "\\$"));
    }
    return path;
  }

  /** A path with a query of those parameters that have a value. */
  public static String query(String path, Map<String, Optional<String>> parameters) {
    String query =
        parameters.entrySet().stream()
            .flatMap(
                parameter ->
                    parameter.getValue().stream()
                        .map(value -> parameter.getKey() + "=" + encoded(value)))
            .sorted()
            .collect(Collectors.joining("&"));
    return query.isEmpty() ? path : path + "?" + query;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }

  /**
   * Reads.
   *
   * @throws ProblemException when the service rejects the request
   * @throws NoAnswerException when it does not answer for as long as the retry allows
   */
  public <T> T get(String path, Class<T> type) {
    return read(sent(() -> service.get(path)).body(), type);
  }

  /** Reads a list that is not paged. */
  public <T> List<T> list(String path, Class<T> item) {
    return items(sent(() -> service.get(path)).body(), item);
  }

  /** Reads all pages of a list, each when its first item is asked for. */
  public <T> Stream<T> pages(String path, Class<T> item) {
    return Stream.of(path)
        .flatMap(this::allPages)
        .flatMap(page -> items(page.path("items"), item).stream());
  }

  private Stream<JsonNode> allPages(String path) {
    return Stream.iterate(
            Optional.of(page(path)),
            Optional::isPresent,
            before -> before.flatMap(Calls::cursor).map(cursor -> page(after(path, cursor))))
        .flatMap(Optional::stream);
  }

  private JsonNode page(String path) {
    return sent(() -> service.get(path)).body();
  }

  private static Optional<String> cursor(JsonNode page) {
    return Optional.of(page.path("nextCursor").asString("")).filter(cursor -> !cursor.isEmpty());
  }

  private static String after(String path, String cursor) {
    return path + (path.contains("?") ? "&" : "?") + "cursor=" + encoded(cursor);
  }

  /** Posts to a route that is idempotent by its contract. */
  public <T> T post(String path, Object body, Class<T> type) {
    byte[] content = JSON.writeValueAsBytes(body);
    return read(sent(() -> service.send("POST", path, JSON_TYPE, content)).body(), type);
  }

  /** Posts without a body to a route that is idempotent by its contract. */
  public <T> T post(String path, Class<T> type) {
    return read(
        sent(() -> service.send(service.request(path).POST(HttpRequest.BodyPublishers.noBody())))
            .body(),
        type);
  }

  /** Posts under an idempotency key, the same however often it is sent. */
  public <T> T postOnce(String path, Object body, Class<T> type) {
    String key = UUID.randomUUID().toString();
    HttpRequest.BodyPublisher content =
        HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
    return read(
        sent(() ->
                service.send(
                    service
                        .request(path)
                        .header("Idempotency-Key", key)
                        .header("Content-Type", JSON_TYPE)
                        .POST(content)))
            .body(),
        type);
  }

  /** Posts content of another type, and wants no answer but that it was taken. */
  public void send(String path, String type, Object body) {
    byte[] content = JSON.writeValueAsBytes(body);
    var unused = sent(() -> service.send("POST", path, type, content));
  }

  /** Puts. */
  public <T> T put(String path, Object body, Class<T> type) {
    byte[] content = JSON.writeValueAsBytes(body);
    return read(sent(() -> service.send("PUT", path, JSON_TYPE, content)).body(), type);
  }

  private Answer sent(Supplier<Answer> request) {
    Answer answer = retry.lastAnswer(request, Calls::mayBeRepeated);
    if (answer.ok()) {
      return answer;
    }
    throw answer.status() == NO_ANSWER
        ? new NoAnswerException(answer.inWords())
        : new ProblemException(answer);
  }

  private static boolean mayBeRepeated(Answer answer) {
    return answer.status() == NO_ANSWER
        || answer.status() == TOO_MANY
        || answer.status() == UNAVAILABLE
        || answer.problem().equals("request-in-progress");
  }

  private static <T> List<T> items(JsonNode items, Class<T> item) {
    return items.valueStream().map(each -> read(each, item)).toList();
  }

  private static <T> T read(JsonNode json, Class<T> type) {
    try {
      return JSON.treeToValue(json, type);
    } catch (JacksonException e) {
      throw new IllegalStateException("the service's answer is no " + type.getSimpleName(), e);
    }
  }
}
