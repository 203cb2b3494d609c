package io.tollgate.e2e;

import io.tollgate.client.Answer;
import io.tollgate.e2e.testing.Cloud;
import io.tollgate.e2e.testing.Deployment;
import io.tollgate.standalone.Service;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What platforms and customers are told of instances, in short words; instants are UTC. */
final class Lives {

  private final Deployment deployment;
  private final Cloud cloud;

  Lives(Deployment deployment, Cloud cloud) {
    this.deployment = deployment;
    this.cloud = cloud;
  }

  /** The answer to "may this instance run?": state, yes or no, and by which holds. */
  String entitlement(String instance) {
    Answer answer =
        Cloud.done(
            deployment
                .platform(Service.ACCOUNT, Cloud.PLATFORM)
                .get("/v1/instances/" + instance + "/entitlement"));
    return "%s %s %s"
        .formatted(
            answer.text("/state"),
            answer.body().at("/mayRun").asBoolean() ? "runs" : "stopped",
            answer.body().at("/holds").valueStream().map(JsonNode::asString).toList());
  }

  /** A field of an instance; empty when it has none. */
  String shown(String instance, String field) {
    return Cloud.done(deployment.operator(Service.ACCOUNT).get("/v1/instances/" + instance))
        .text("/" + field);
  }

  /** Changes of an account's instances: when, why, from what to what, by which rule; in order. */
  List<String> changes(String account) {
    return cloud.items(Service.ACCOUNT, account, "audit-trail").reversed().stream()
        .filter(entry -> entry.at("/what").asString().contains("; "))
        .map(
            entry ->
                "%s %s %s"
                    .formatted(
                        entry.at("/at").asString(),
                        entry.at("/what").asString(),
                        entry.at("/rule").asString()))
        .toList();
  }

  /** The account's inbox: when, and which kind of notice; in order. */
  List<String> told(String account) {
    return cloud.items(Service.NOTIFICATION, account, "messages").reversed().stream()
        .map(
            message -> message.at("/deliveredAt").asString() + " " + message.at("/kind").asString())
        .toList();
  }
}
