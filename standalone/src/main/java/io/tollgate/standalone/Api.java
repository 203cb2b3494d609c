package io.tollgate.standalone;

import io.tollgate.client.Answer;
import io.tollgate.client.ServiceClient;
import io.tollgate.client.api.Endpoints;
import io.tollgate.client.api.TollgateClient;
import io.tollgate.standalone.DataDirectory.TokenRole;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** The public HTTP interface of all services, as an operator and as a platform. */
public final class Api {

  private static final Duration PATIENCE = Duration.ofHours(1);

  /** A number that comes later is another one. */
  private static final Duration SOON = Duration.ofSeconds(5);

  private static final Duration VALIDITY = Duration.ofDays(1);

  private final Ports ports;
  private final DataDirectory directory;
  private final String operator;
  private final String platform;

  private Api(DataDirectory directory, Ports ports) {
    this.directory = directory;
    this.ports = ports;
    this.operator = directory.token(TokenRole.OPERATOR, Optional.empty(), VALIDITY);
    this.platform = directory.token(TokenRole.PLATFORM, Optional.empty(), VALIDITY);
  }

  /** The interface of a running process, with tokens that its directory's key signs. */
  public static Api of(DataDirectory directory, RunningProcess process) {
    return of(directory, process.ports());
  }

  /** The interface of services that listen on these ports. */
  public static Api of(DataDirectory directory, Ports ports) {
    return new Api(directory, ports);
  }

  private ServiceClient operator(Service service) {
    return ServiceClient.of(ports.url(service), operator);
  }

  private ServiceClient platform(Service service) {
    return ServiceClient.of(ports.url(service), platform);
  }

  /** The typed client of an operator. */
  public TollgateClient asOperator() {
    return TollgateClient.of(endpoints(), operator);
  }

  /** The typed client of a platform. */
  public TollgateClient asPlatform() {
    return TollgateClient.of(endpoints(), platform);
  }

  private Endpoints endpoints() {
    return new Endpoints(
        ports.url(Service.METERING),
        ports.url(Service.BILLING),
        ports.url(Service.ACCOUNT),
        ports.url(Service.NOTIFICATION));
  }

  /** A service's readiness. */
  public Answer health(Service service) {
    return ServiceClient.of(ports.managementUrl(service), operator)
        .get("/actuator/health/readiness");
  }

  /** A service's numbers, as a monitor reads them. */
  public Answer metrics(Service service) {
    return ServiceClient.of(
            ports.managementUrl(service),
            directory.token(TokenRole.MONITOR, Optional.empty(), VALIDITY))
        .waiting(SOON)
        .get("/actuator/prometheus");
  }

  /** Reads as an operator. */
  public Answer get(Service service, String path) {
    return operator(service).get(path);
  }

  /** Reads as an operator what takes the longer, the more is stored: audits. */
  public Answer getPatiently(Service service, String path) {
    return operator(service).waiting(PATIENCE).get(path);
  }

  /** Reads all items of a paged answer as an operator, however many pages they fill. */
  public List<JsonNode> items(Service service, String path) {
    List<JsonNode> items = new ArrayList<>();
    eachItem(service, path, items::add);
    return items;
  }

  private void eachItem(Service service, String path, Consumer<JsonNode> item) {
    String join = path.contains("?") ? "&" : "?";
    String cursor = "";
    do {
      JsonNode page = get(service, path + cursor).orFail().body();
      page.path("items").forEach(item);
      String next = page.path("nextCursor").asString("");
      cursor = next.isEmpty() ? "" : join + "cursor=" + next;
    } while (!cursor.isEmpty());
  }

  /** Posts JSON as an operator, money-moving requests under a key. */
  public Answer post(Service service, String path, Object body, String key) {
    return operator(service).post(path, body, key);
  }

  /** Puts JSON as an operator. */
  public Answer put(Service service, String path, Object body) {
    return operator(service).put(path, body);
  }

  /** Posts JSON as a platform. */
  public Answer postAsPlatform(Service service, String path, Object body) {
    return platform(service).post(path, body);
  }

  /** Posts usage events, one JSON object per line, as a platform. */
  public Answer postLines(String lines) {
    return postEvents("application/x-ndjson", lines.getBytes(StandardCharsets.UTF_8));
  }

  /** Posts usage events as one CloudEvents batch, as a platform. */
  public Answer postBatch(byte[] batch) {
    return postEvents("application/cloudevents-batch+json", batch);
  }

  private Answer postEvents(String type, byte[] events) {
    return platform(Service.METERING).send("POST", "/api/v1/events", type, events);
  }
}
