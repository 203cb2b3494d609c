package io.tollgate.e2e;

import io.tollgate.e2e.testing.Cloud;
import io.tollgate.e2e.testing.Deployment;
import io.tollgate.standalone.Service;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One of everything that an account can have, so that every route of every service has something to
 * show or to change.
 *
 * @param ids what stands in a path after each collection's name
 */
record Belongings(String account, Map<String, String> ids) {

  /** In the contacts, and nowhere else. */
  static final String SECRET = "bertha";

  /** Keeps its own copy. */
  Belongings {
    ids = Map.copyOf(ids);
  }

  /**
   * Gives a debtor the rest: contacts, holds, a webhook that does not answer, a question that
   * awaits its answer; drives two days.
   *
   * @param day on which it began to owe
   */
  static Belongings of(String account, Cloud cloud, LocalDate day) {
    Deployment deployment = cloud.deployment();
    String path = "/v1/accounts/" + account;
    var unused =
        Cloud.done(
            deployment
                .operator(Service.ACCOUNT)
                .put(
                    path + "/contacts",
                    "{'name':'%s','emails':['%s@example.com'],'marketingConsent':false}"
                        .formatted(SECRET, SECRET)));
    unused =
        Cloud.done(
            deployment
                .operator(Service.NOTIFICATION)
                .put(path + "/webhook", "{'url':'https://receiver.invalid/','asymmetric':true}"));
    cloud.advanceTo(day.plusDays(2) + "T00:00");
    String accountHold = hold(deployment, path, "OPERATOR");
    String instanceHold = hold(deployment, "/v1/instances/" + account, "VIOLATION");
    String notice =
        Cloud.done(
                deployment
                    .operator(Service.NOTIFICATION)
                    .post(
                        "/v1/notices",
                        """
                        {'kind':'TERMS_CHANGE',
                         'action':{'type':'TERMS','document':'terms-2','product':'vm'},
                         'effectAt':'%s',
                         'texts':{'en':{'title':'Terms','body':'New terms.'},
                                  'zh':{'title':'条款','body':'新条款。'}}}
                        """
                            .formatted(cloud.at(day.plusDays(60) + "T00:00"))))
            .text("/notice/id");
    deployment.settle();
    String message =
        cloud.items(Service.NOTIFICATION, account, "messages").stream()
            .filter(one -> one.at("/kind").asString().equals("TERMS_CHANGE"))
            .map(one -> one.at("/message").asString())
            .findFirst()
            .orElseThrow();
    return new Belongings(
        account,
        Map.ofEntries(
            Map.entry("accounts", account),
            Map.entry("parked-accounts", account),
            Map.entry("instances", account),
            Map.entry("/v1/accounts holds", accountHold),
            Map.entry("/v1/instances holds", instanceHold),
            Map.entry("messages", message),
            Map.entry("notices", notice),
            Map.entry("lines", "1"),
            Map.entry("products", "vm"),
            Map.entry("meters", "units"),
            Map.entry("platforms", Cloud.PLATFORM),
            Map.entry("bills", first(cloud, account, "bills", "bill")),
            Map.entry("adjustments", adjustment(deployment, path)),
            Map.entry("recharges", first(cloud, account, "recharges", "recharge")),
            Map.entry(
                "commands",
                listed(deployment, Service.ACCOUNT, "/v1/platforms/demo/commands", "command")),
            Map.entry(
                "/v1/accounts deliveries",
                listed(deployment, Service.NOTIFICATION, path + "/webhook/deliveries", "delivery")),
            Map.entry("/v1/platforms deliveries", "0"),
            Map.entry(
                "deliveries",
                listed(
                    deployment, Service.NOTIFICATION, "/v1/deliveries?outcome=SENT", "delivery"))));
  }

  private static String hold(Deployment deployment, String path, String cause) {
    return Cloud.done(
            deployment
                .operator(Service.ACCOUNT)
                .post(path + "/holds", "{'cause':'%s','reason':'a test'}".formatted(cause)))
        .text("/hold");
  }

  /** One that waits for a second person. */
  private static String adjustment(Deployment deployment, String path) {
    return Cloud.done(
            deployment
                .operator(Service.BILLING)
                .post(path + "/adjustments", "{'amount':'5000','rule':'C7.4.1','reason':'a test'}"))
        .text("/adjustment");
  }

  private static String first(Cloud cloud, String account, String list, String id) {
    return cloud.items(Service.BILLING, account, list).getFirst().at("/" + id).asString();
  }

  private static String listed(Deployment deployment, Service service, String path, String id) {
    return Cloud.done(deployment.operator(service).get(path)).text("/items/0/" + id);
  }

  /** The same things named below another account, to which they do not belong. */
  Belongings under(String other) {
    Map<String, String> mixed = new HashMap<>(ids);
    mixed.put("accounts", other);
    return new Belongings(other, mixed);
  }

  /** A documented route with this account's ids in the place of its variables. */
  String filled(String path) {
    List<String> segments = new ArrayList<>();
    for (String segment : path.split("/", -1)) {
      segments.add(segment.equals("{}") ? id(segments) : segment);
    }
    return String.join("/", segments);
  }

  /** Numbers, such as a partition's, are 0 unless a collection says otherwise. */
  private String id(List<String> before) {
    String collection = before.getLast();
    String qualified = String.join("/", before.subList(0, 3)) + " " + collection;
    return ids.getOrDefault(qualified, ids.getOrDefault(collection, "0"));
  }
}
