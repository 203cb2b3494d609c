package io.tollgate.chaos.fuzz;

import io.tollgate.chaos.fuzz.FuzzRequest.Kind;
import io.tollgate.chaos.fuzz.Operation.Parameter;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Makes requests: the seed and a request's number alone decide what it is. */
final class RequestMaker {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final JsonMapper ESCAPING =
      JsonMapper.builder(JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build())
          .build();
  private static final List<String> METHODS =
      List.of("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "PROPFIND");
  private static final List<String> TYPES =
      List.of(
          "text/plain",
          "application/xml",
          "application/x-www-form-urlencoded",
          "multipart/form-data; boundary=x",
          "application/json; charset=utf-16",
          "application/octet-stream",
          "json",
          "*/*",
          "application/json;;;",
          "application/problem+json");
  private static final int TURNS = 10;
  private static final long STEP = 0x9E3779B97F4A7C15L;

  private final List<Operation> operations;
  private final Ids ids;
  private final Credentials credentials;
  private final Instant now;
  private final long seed;

  /**
   * @param now where the business clock stands
   */
  RequestMaker(
      List<Operation> operations, Ids ids, Credentials credentials, Instant now, long seed) {
    this.operations = turns(operations);
    this.ids = ids;
    this.credentials = credentials;
    this.now = now;
    this.seed = seed;
  }

  /** Each operation several times, what is expensive once. */
  private static List<Operation> turns(List<Operation> operations) {
    List<Operation> turns = new ArrayList<>();
    for (int i = 0; i < TURNS; i++) {
      boolean first = i == 0;
      operations.stream().filter(each -> first || !each.looksAtAll()).forEach(turns::add);
    }
    return List.copyOf(turns);
  }

  /** The request of a number; every operation has its turn. */
  FuzzRequest make(long number) {
    Random random = new Random(seed + number * STEP);
    Operation operation = operations.get((int) (number % operations.size()));
    Kind kind = kind(random);
    Credential credential = credential(operation, kind, random);
    byte[] bytes =
        kind == Kind.MALFORMED
            ? Malformed.request(credentials.header(credential), random)
            : new Making(operation, kind, credential, number, random).bytes();
    return new FuzzRequest(number, operation, kind, credential, bytes);
  }

  private static Kind kind(Random random) {
    int percent = random.nextInt(100);
    if (percent < 15) {
      return Kind.VALID;
    }
    if (percent < 45) {
      return Kind.NEAR_VALID;
    }
    if (percent < 60) {
      return Kind.HOSTILE;
    }
    if (percent < 68) {
      return Kind.BROKEN_BODY;
    }
    if (percent < 86) {
      return Kind.NOT_ALLOWED;
    }
    if (percent < 91) {
      return Kind.FORGED_HEADERS;
    }
    if (percent < 95) {
      return Kind.OTHER_METHOD;
    }
    return percent < 99 ? Kind.OTHER_PATH : Kind.MALFORMED;
  }

  private static Credential credential(Operation operation, Kind kind, Random random) {
    Credential[] all = Credential.values();
    if (kind == Kind.NOT_ALLOWED) {
      return all[2 + random.nextInt(all.length - 2)];
    }
    return switch (random.nextInt(10)) {
      case 0 -> all[random.nextInt(all.length)];
      case 1, 2 -> Credential.CUSTOMER;
      case 3, 4 -> Credential.PLATFORM;
      default -> operation.path().contains("/events") ? Credential.PLATFORM : Credential.OPERATOR;
    };
  }

  /** One request in the making. */
  private final class Making {
    private final Operation operation;
    private final Kind kind;
    private final Credential credential;
    private final long number;
    private final Random random;
    private final Values values;
    private int harmLeft;

    Making(Operation operation, Kind kind, Credential credential, long number, Random random) {
      this.operation = operation;
      this.kind = kind;
      this.credential = credential;
      this.number = number;
      this.random = random;
      // Whoever has the power to do it does it to the sandbox only.
      this.values = new Values(ids, now, !isDone(), random);
      this.harmLeft = kind == Kind.NEAR_VALID ? 1 : kind == Kind.HOSTILE ? 3 : 0;
    }

    /** Every platform is believed what any instance uses. */
    private boolean isDone() {
      return credential.powerful()
          || (credential == Credential.OTHER_PLATFORM && operation.path().contains("/events"));
    }

    byte[] bytes() {
      String target = target();
      Map<String, String> headers = headers();
      byte[] body = body(headers);
      String method = operation.method();
      if (kind == Kind.OTHER_METHOD) {
        method = METHODS.get(random.nextInt(METHODS.size()));
      }
      StringBuilder head = new StringBuilder(600);
      head.append(method).append(' ').append(target).append(" HTTP/1.1\r\nHost: 127.0.0.1\r\n");
      head.append(credentials.header(credential));
      headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
      if (kind == Kind.FORGED_HEADERS) {
        Malformed.forge(head, random, ids.any("account", true, random));
      }
      if (body.length > 0 || !operation.reads()) {
        head.append("Content-Length: ").append(body.length).append("\r\n");
      }
      ByteArrayOutputStream whole = new ByteArrayOutputStream(head.length() + body.length + 2);
      whole.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
      whole.writeBytes(body);
      return whole.toByteArray();
    }

    private boolean harms(int oneIn) {
      if (harmLeft > 0 && random.nextInt(oneIn) == 0) {
        harmLeft--;
        return true;
      }
      return false;
    }

    private String target() {
      String path = operation.path();
      List<String> query = new ArrayList<>();
      for (Parameter parameter : operation.parameters()) {
        switch (parameter.in()) {
          case "path" ->
              path = path.replace("{" + parameter.name() + "}", encoded(text(parameter)));
          case "query" -> addQuery(query, parameter);
          default -> {}
        }
      }
      if (harms(8)) {
        query.add(Judge.UNKNOWN_PARAMETER + "=1");
      }
      if (kind == Kind.OTHER_PATH) {
        path = Malformed.path(path, random);
      }
      return query.isEmpty() ? path : path + "?" + String.join("&", query);
    }

    private void addQuery(List<String> query, Parameter parameter) {
      if (!parameter.required() && harmLeft == 0 && random.nextBoolean()) {
        return;
      }
      if (harms(6)) {
        query.add(parameter.name());
      }
      String one = parameter.name() + "=" + encoded(text(parameter));
      query.add(one);
      if (harms(6)) {
        query.add(one);
      }
    }

    private String text(Parameter parameter) {
      if (harms(2)) {
        return Hostile.text(random);
      }
      if (parameter.name().equals("cursor")) {
        return random.nextBoolean() ? "MTIz" : "0";
      }
      JsonNode value = values.of(operation.schemas(), parameter.schema(), parameter.name());
      return value.isValueNode() ? value.asString() : value.toString();
    }

    private String encoded(String text) {
      return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private Map<String, String> headers() {
      Map<String, String> headers = new TreeMap<>();
      for (Parameter parameter : operation.parameters()) {
        if (parameter.in().equals("header")) {
          // One of few, so that some are used again for something else.
          String value =
              "key-" + (random.nextInt(3) == 0 ? random.nextInt(50) : seed + "-" + number);
          headers.put(parameter.name(), harms(3) ? oneLine(Hostile.text(random)) : value);
          if (harms(5)) {
            headers.remove(parameter.name());
          }
        }
      }
      if (harms(8)) {
        headers.put(
            "Accept", List.of("image/png", "*", "", "text/html;q=x").get(random.nextInt(4)));
      }
      return headers;
    }

    private static String oneLine(String text) {
      return text.replaceAll("[\\x00\\r\\n]", "?");
    }

    private byte[] body(Map<String, String> headers) {
      if (operation.bodies().isEmpty()) {
        return kind == Kind.BROKEN_BODY ? "{}".getBytes(StandardCharsets.UTF_8) : new byte[0];
      }
      List<String> types = operation.bodies().keySet().stream().sorted().toList();
      String type = types.get(random.nextInt(types.size()));
      headers.put("Content-Type", harms(6) ? TYPES.get(random.nextInt(TYPES.size())) : type);
      JsonNode body = schemaValue(type);
      if (operation.movesTime() && credential.valid()) {
        // Time is not moved; only nonsense is asked of it.
        body = Bodies.mutated(JSON.createObjectNode().put("to", "0000-01-01T00:00:00Z"), random);
        return utf8(JSON.writeValueAsString(body));
      }
      while (harmLeft > 0) {
        harmLeft--;
        body = Bodies.mutated(body, random);
      }
      String json = (random.nextBoolean() ? JSON : ESCAPING).writeValueAsString(body);
      if (type.endsWith("ndjson")) {
        json = lines(body);
      }
      return kind == Kind.BROKEN_BODY ? Bodies.broken(json, random) : utf8(json);
    }

    private static byte[] utf8(String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }

    private JsonNode schemaValue(String type) {
      String described = type.endsWith("ndjson") ? "application/json" : type;
      JsonNode schema = operation.bodies().getOrDefault(described, JSON.missingNode());
      return values.of(operation.schemas(), schema, "body");
    }

    private static String lines(JsonNode events) {
      StringBuilder lines = new StringBuilder();
      events.valueStream().forEach(event -> lines.append(event).append('\n'));
      return lines.toString();
    }
  }
}
