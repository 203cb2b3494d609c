package io.tollgate.account.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.client.Answer;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A platform: what it is asked for, and what it says.
 *
 * @param service where it is known
 * @param name its name, which its token bears
 */
public record Platform(Accounts service, String name) {

  /** Has its commands posted somewhere. */
  public Answer webhook(String url, String secret) {
    return service
        .platform(name)
        .put(path("webhook"), "{'url':'%s','secret':'%s'}".formatted(url, secret));
  }

  /** Kinds of the commands that it has not acknowledged, the oldest first. */
  public List<String> pending() {
    return commands().findValuesAsString("kind");
  }

  /** The newest command that it has not acknowledged. */
  public String newestCommand() {
    return commands().findValuesAsString("command").getLast();
  }

  /** Commands that it has not acknowledged, the oldest first. */
  public JsonNode commands() {
    return service.platform(name).get(path("commands?pending=true")).body().at("/items");
  }

  /** Says that a command is done; the state of the command after that. */
  public String acknowledge(String command) {
    Answer answer =
        service.platform(name).post(path("commands/" + command + "/acknowledgement"), "");
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    return answer.text("/state");
  }

  /** Says that everything is done that it was asked for. */
  public void acknowledgeAll() {
    commands().findValuesAsString("command").forEach(this::acknowledge);
  }

  /** Says that one instance, and no other, is there. */
  public Answer reportOnly(String instance, boolean running) {
    return service
        .platform(name)
        .post(
            path("report"),
            "{'instances':[{'instance':'%s','running':%s}],'complete':true}"
                .formatted(instance, running));
  }

  private String path(String rest) {
    return "/v1/platforms/" + name + "/" + rest;
  }
}
