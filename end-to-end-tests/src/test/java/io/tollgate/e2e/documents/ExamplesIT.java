package io.tollgate.e2e.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.client.Answer;
import io.tollgate.e2e.testing.Cloud;
import io.tollgate.e2e.testing.Deployment;
import io.tollgate.e2e.testing.Settings;
import io.tollgate.standalone.Service;
import io.tollgate.testing.OpenApiDocument;
import io.tollgate.testing.OpenApiDocument.Example;
import io.tollgate.testing.User;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/**
 * Posts every example of every OpenAPI document to the running services, in the order in which one
 * needs another, and expects a success that is as documented.
 *
 * <p>Pins a price whose field had one name in the document and another in the service.
 */
class ExamplesIT {

  private static final String ACCOUNT = "acme";
  private static final Map<String, String> OF_ACCOUNT = Map.of("account", ACCOUNT);
  private static final Map<String, String> OF_INSTANCE = Map.of("instance", "vm-1");
  private static final Map<String, String> OF_PLATFORM = Map.of("platform", Cloud.PLATFORM);
  private static final Map<String, String> ANY = Map.of();
  private static final String MOVED = "{'type':'RELOCATION','instances':['vm-1']}";

  private final Map<Service, List<Example>> left = new EnumMap<>(Service.class);
  private Deployment deployment;
  private Cloud cloud;

  @BeforeEach
  void start() {
    deployment =
        Deployment.fresh("examples", Settings.startingAt(Instant.parse("2024-02-24T16:00:00Z")));
    cloud = new Cloud(deployment, ZoneId.of("Asia/Shanghai"));
    for (Service service : Service.values()) {
      left.put(service, new ArrayList<>(OpenApiDocument.of(service.label()).examples()));
    }
  }

  @AfterEach
  void stop() {
    deployment.close();
  }

  @Test
  void everyExampleSucceeds() {
    catalogueAndAccount();
    usage();
    money();
    messages();
    instances();
    operation();

    left.forEach(
        (service, examples) ->
            assertThat(examples).as("examples of %s that were not posted", service).isEmpty());
  }

  private void catalogueAndAccount() {
    post(Service.METERING, "POST /v1/meters", ANY);
    Cloud.done(
        deployment
            .operator(Service.METERING)
            .post(
                "/v1/meters",
                """
                {'meter':'vm-hours','eventType':'vm.used','aggregation':'SUM',
                 'valuePointer':'/hour','unit':'h','emits':['HOURLY','DAILY']}\
                """));
    post(
        Service.METERING,
        "POST /v1/meters/{meter}/versions/{version}/withdrawal",
        Map.of("meter", "vm-hours", "version", "2"));
    post(Service.BILLING, "POST /v1/products", ANY);
    deployment.settle();
    post(Service.BILLING, "POST /v1/products/{product}/prices", Map.of("product", "vm-small"));
    post(
        Service.BILLING,
        "POST /v1/products/{product}/prices/{version}/withdrawal",
        Map.of("product", "vm-small", "version", "5"));
    post(Service.ACCOUNT, "POST /v1/accounts", ANY);
    post(Service.ACCOUNT, "PUT /v1/accounts/{account}/contacts", OF_ACCOUNT);
    deployment.settle();
    post(Service.ACCOUNT, "POST /v1/accounts/{account}/instances", OF_ACCOUNT);
    deployment.settle();
  }

  private void usage() {
    post(
        deployment.platform(Service.METERING, Cloud.PLATFORM),
        Service.METERING,
        "POST /api/v1/events",
        ANY);
    cloud.advanceTo("2024-02-25T02:00");
    post(Service.METERING, "POST /v1/corrections", ANY);
    deployment.settle();
  }

  private void money() {
    post(Service.BILLING, "PUT /v1/payee-accounts/{payee}", Map.of("payee", "TOLLGATE-0001"));
    post(Service.BILLING, "POST /v1/accounts/{account}/recharges", OF_ACCOUNT);
    User operator = deployment.operator(Service.BILLING);
    String remittance = operator.get("/v1/recharges").text("/items/0/recharge");
    post(
        Service.BILLING,
        "POST /v1/recharges/{recharge}/confirmation",
        Map.of("recharge", remittance));
    String alipay =
        cloud.items(Service.BILLING, ACCOUNT, "recharges").stream()
            .filter(each -> each.at("/channel").asString().equals("ALIPAY"))
            .findFirst()
            .orElseThrow()
            .at("/recharge")
            .asString();
    post(Service.BILLING, "POST /v1/recharges/{recharge}/reversal", Map.of("recharge", alipay));
    post(Service.BILLING, "PUT /v1/accounts/{account}/credit-limit", OF_ACCOUNT);
    remittances();
    post(Service.BILLING, "PUT /v1/accounts/{account}/low-balance-threshold", OF_ACCOUNT);
    post(Service.BILLING, "PUT /v1/accounts/{account}/low-balance-forecast", OF_ACCOUNT);
    adjustments();
    String declared =
        post(Service.BILLING, "POST /v1/force-majeure", ANY).getFirst().text("/declaration");
    post(
        Service.BILLING,
        "POST /v1/force-majeure/{declaration}/end",
        Map.of("declaration", declared));
  }

  private void remittances() {
    String unmatched =
        post(Service.BILLING, "POST /v1/remittances", ANY).getFirst().text("/recharge");
    Map<String, String> remittance = Map.of("recharge", unmatched);
    post(Service.BILLING, "POST /v1/recharges/{recharge}/assignment", remittance);
    post(Service.BILLING, "POST /v1/recharges/{recharge}/rejection", remittance);
  }

  private void adjustments() {
    String of = "/v1/accounts/{account}/adjustments";
    String booked = post(Service.BILLING, "POST " + of, OF_ACCOUNT).getFirst().text("/adjustment");
    post(Service.BILLING, "POST " + of + "/{adjustment}/reversal", adjustment(booked));
    Answer large =
        deployment
            .operator(Service.BILLING, "oscar")
            .post(
                "/v1/accounts/" + ACCOUNT + "/adjustments",
                "{'amount':'999999','rule':'C2.3','reason':'too much'}");
    assertThat(large.status()).as("%s", large).isEqualTo(202);
    post(
        Service.BILLING,
        "POST " + of + "/{adjustment}/rejection",
        adjustment(large.text("/adjustment")));
  }

  private static Map<String, String> adjustment(String id) {
    return Map.of("account", ACCOUNT, "adjustment", id);
  }

  private void messages() {
    post(Service.NOTIFICATION, "PUT /v1/accounts/{account}/webhook", OF_ACCOUNT);
    Cloud.done(
        deployment.operator(Service.NOTIFICATION).delete("/v1/accounts/" + ACCOUNT + "/webhook"));
    post(Service.NOTIFICATION, "POST /v1/notices", ANY);
    post(
        Service.NOTIFICATION,
        "POST /v1/notices/{notice}/withdrawal",
        Map.of("notice", publish("RELOCATION", MOVED, "2024-04-30T16:00:00Z")));
    String terms =
        publish("TERMS_CHANGE", "{'type':'TERMS','document':'terms-2024'}", "2024-04-30T16:00:00Z");
    deployment.settle();
    String message =
        cloud.items(Service.NOTIFICATION, ACCOUNT, "messages").stream()
            .filter(each -> each.at("/notice").asString().equals(terms))
            .findFirst()
            .orElseThrow()
            .at("/message")
            .asString();
    post(
        deployment.customer(Service.NOTIFICATION, ACCOUNT),
        Service.NOTIFICATION,
        "POST /v1/accounts/{account}/messages/{message}/answer",
        Map.of("account", ACCOUNT, "message", message));
  }

  private String publish(String kind, String action, String effectAt) {
    return Cloud.done(
            deployment
                .operator(Service.NOTIFICATION)
                .post(
                    "/v1/notices",
                    """
                    {'kind':'%s','action':%s,'effectAt':'%s',
                     'texts':{'en':{'title':'T','body':'B'},'zh':{'title':'T','body':'B'}}}
                    """
                        .formatted(kind, action, effectAt)))
        .text("/notice/id");
  }

  private void instances() {
    String relocation = publish("RELOCATION", MOVED, "2024-03-09T16:00:00Z");
    deployment.settle();
    post(
        deployment.platform(Service.ACCOUNT, Cloud.PLATFORM),
        Service.ACCOUNT,
        "PUT /v1/platforms/{platform}/webhook",
        OF_PLATFORM);
    cloud
        .deployment()
        .platform(Service.ACCOUNT, Cloud.PLATFORM)
        .delete("/v1/platforms/" + Cloud.PLATFORM + "/webhook");
    post(
        deployment.platform(Service.ACCOUNT, Cloud.PLATFORM),
        Service.ACCOUNT,
        "POST /v1/platforms/{platform}/report",
        OF_PLATFORM);
    cloud.advanceTo("2024-03-10T00:00");
    post(
        deployment.operator(Service.ACCOUNT),
        Service.ACCOUNT,
        "POST /v1/instances/{instance}/relocation",
        OF_INSTANCE,
        Map.of("notice", relocation));
    post(Service.ACCOUNT, "PUT /v1/instances/{instance}/backup-rule", OF_INSTANCE);
    post(Service.ACCOUNT, "PUT /v1/instances/{instance}/legal-hold", OF_INSTANCE);
    Cloud.done(deployment.operator(Service.ACCOUNT).delete("/v1/instances/vm-1/legal-hold"));
    post(Service.ACCOUNT, "POST /v1/instances/{instance}/holds", OF_INSTANCE);
    post(Service.ACCOUNT, "POST /v1/accounts/{account}/holds", OF_ACCOUNT);
    post(Service.ACCOUNT, "POST /v1/instances/{instance}/termination", OF_INSTANCE);
  }

  private void operation() {
    for (Service service : Service.values()) {
      post(service, "POST /v1/clock/step", ANY);
      if (service != Service.METERING) {
        post(service, "POST /v1/dead-letters/replay", ANY);
        post(service, "POST /v1/set-aside/retry", ANY);
        post(service, "POST /v1/policies", ANY);
        nothingToDiscard(service);
      }
    }
  }

  /** Every record was applied: what the document shows finds nothing, and says so as documented. */
  private void nothingToDiscard(Service service) {
    String path = "/v1/dead-letters/{id}/discard";
    List<Example> own = taken(service, "POST " + path);
    for (Example example : own) {
      Answer answer =
          deployment
              .operator(service)
              .sendAs("POST", path.replace("{id}", "1"), example.type(), example.body().toString());
      assertThat(answer.problem()).isEqualTo("not-found");
    }
  }

  private List<Answer> post(Service service, String operation, Map<String, String> variables) {
    return post(deployment.operator(service), service, operation, variables);
  }

  private List<Answer> post(
      User user, Service service, String operation, Map<String, String> variables) {
    return post(user, service, operation, variables, Map.of());
  }

  /**
   * Sends every example of an operation.
   *
   * @param operation method and path
   * @param variables of the path
   * @param made fields whose values the services made, and no document can know
   */
  private List<Answer> post(
      User user,
      Service service,
      String operation,
      Map<String, String> variables,
      Map<String, String> made) {
    return taken(service, operation).stream()
        .map(example -> send(user, example, variables, made))
        .toList();
  }

  /** The examples of an operation, which are then no longer left. */
  private List<Example> taken(Service service, String operation) {
    List<Example> all = left.getOrDefault(service, new ArrayList<>());
    List<Example> own =
        all.stream()
            .filter(example -> (example.method() + " " + example.path()).equals(operation))
            .toList();
    assertThat(own).as("examples of %s", operation).isNotEmpty();
    all.removeAll(own);
    return own;
  }

  private static Answer send(
      User user, Example example, Map<String, String> variables, Map<String, String> made) {
    String path = example.path();
    for (Map.Entry<String, String> variable : variables.entrySet()) {
      path = path.replace("{" + variable.getKey() + "}", variable.getValue());
    }
    if (example.body() instanceof ObjectNode body) {
      made.forEach(body::put);
    }
    String text = example.body().isString() ? example.body().asString() : example.body().toString();
    Answer answer = user.sendAs(example.method(), path, example.type(), text);
    assertThat(answer.status()).as("%s: %s", example, answer).isBetween(200, 299);
    return answer;
  }
}
