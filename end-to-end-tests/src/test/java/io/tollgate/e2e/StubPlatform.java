package io.tollgate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tollgate.client.Answer;
import io.tollgate.e2e.testing.Cloud;
import io.tollgate.e2e.testing.Deployment;
import io.tollgate.standalone.Service;
import io.tollgate.testing.User;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A platform that is hard to reach: it drops the first two deliveries of every command, takes the
 * third without doing anything, and says late and twice that it is done.
 */
final class StubPlatform implements AutoCloseable {

  private static final int DROPPED = 2;
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpServer server;
  private final Deployment deployment;
  private final List<Heard> heard = new CopyOnWriteArrayList<>();
  private final Map<String, Integer> deliveries = new ConcurrentHashMap<>();
  private final List<String> acknowledged = new ArrayList<>();

  private StubPlatform(HttpServer server, Deployment deployment) {
    this.server = server;
    this.deployment = deployment;
  }

  /** A delivery that reached the platform's door. */
  private record Heard(String instance, String kind, String command, int delivery, boolean taken) {

    String inWords() {
      return kind + " " + delivery + (taken ? " taken" : " dropped");
    }
  }

  /** Starts it, and has it take the commands of all instances. */
  static StubPlatform of(Deployment deployment) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      StubPlatform platform = new StubPlatform(server, deployment);
      server.createContext("/commands", platform::hear);
      server.start();
      String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/commands";
      var unused =
          Cloud.done(
              platform
                  .user()
                  .put(path("webhook"), "{'url':'%s','secret':'%s'}".formatted(url, SECRET)));
      return platform;
    } catch (IOException e) {
      throw new IllegalStateException("no stub platform", e);
    }
  }

  private static String path(String rest) {
    return "/v1/platforms/" + Cloud.PLATFORM + "/" + rest;
  }

  private User user() {
    return deployment.platform(Service.ACCOUNT, Cloud.PLATFORM);
  }

  /** Closing an exchange without an answer cuts the connection. */
  private void hear(HttpExchange exchange) throws IOException {
    JsonNode data = JSON.readTree(exchange.getRequestBody().readAllBytes()).at("/data");
    String command = data.at("/command").asString();
    boolean taken = deliveries.merge(command, 1, Integer::sum) > DROPPED;
    heard.add(
        new Heard(
            data.at("/instance").asString(),
            data.at("/kind").asString(),
            command,
            data.at("/delivery").asInt(),
            taken));
    if (taken) {
      exchange.sendResponseHeaders(200, -1);
    }
    exchange.close();
  }

  /** What came to the door for an instance, in order. */
  List<String> heard(String instance) {
    return heard.stream()
        .filter(one -> one.instance().equals(instance))
        .map(Heard::inWords)
        .toList();
  }

  /** Does what it has taken, and says of each command twice that it is done. */
  void carryOut() {
    for (Heard one : heard) {
      if (one.taken() && !acknowledged.contains(one.command())) {
        acknowledged.add(one.command());
        Answer first = acknowledge(one);
        assertThat(acknowledge(one).body()).isEqualTo(first.body());
      }
    }
  }

  private Answer acknowledge(Heard one) {
    return Cloud.done(user().post(path("commands/" + one.command() + "/acknowledgement"), ""));
  }

  /** All commands about an instance: kind, from when on, how far. */
  List<String> commands(String instance) {
    List<String> found = new ArrayList<>();
    String next = path("commands?limit=1000");
    while (!next.isEmpty()) {
      Answer page = Cloud.done(user().get(next));
      for (JsonNode command : page.body().at("/items")) {
        if (command.at("/instance").asString().equals(instance)) {
          found.add(
              "%s %s %s"
                  .formatted(
                      command.at("/kind").asString(),
                      command.at("/wantedAt").asString(),
                      command.at("/state").asString()));
        }
      }
      String cursor = page.text("/nextCursor");
      next = cursor.isEmpty() ? "" : path("commands?limit=1000&cursor=" + cursor);
    }
    return found;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
