package io.tollgate.chaos.fuzz;

import io.tollgate.chaos.fuzz.Records.Place;
import io.tollgate.model.event.Topics;
import io.tollgate.standalone.Api;
import io.tollgate.standalone.AuditReport;
import io.tollgate.standalone.Service;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * What the services say when all is read.
 *
 * @param reasons how many records were set aside, by where and why
 * @param audit lines of the audits
 * @param wrong what should not be
 */
record Aftermath(Map<String, Integer> reasons, List<String> audit, List<String> wrong) {

  private static final int PAGE = 200;
  private static final int LONGEST_REASON = 60;

  /** Which services keep what they cannot read of a topic. */
  private static final Map<String, List<Service>> READERS =
      Map.of(
          Topics.USAGE_HOURLY, List.of(Service.BILLING),
          Topics.USAGE_DAILY, List.of(Service.BILLING),
          Topics.BILLING_EVENTS, List.of(Service.ACCOUNT, Service.NOTIFICATION),
          Topics.ACCOUNT_EVENTS, List.of(Service.BILLING, Service.NOTIFICATION),
          Topics.NOTICE_EVENTS, List.of(Service.BILLING, Service.ACCOUNT),
          Topics.ACCOUNT_INSTANCES, List.of(Service.BILLING),
          Topics.CONTACTS, List.of(Service.NOTIFICATION),
          Topics.METERS, List.of(Service.BILLING));

  /** Keeps its own copies. */
  Aftermath {
    reasons = Map.copyOf(reasons);
    audit = List.copyOf(audit);
    wrong = List.copyOf(wrong);
  }

  /** Asks the services, which are at rest. */
  static Aftermath of(Api api, Cast cast, Set<Place> unreadable) {
    Map<String, Integer> reasons = new TreeMap<>();
    List<String> wrong = new ArrayList<>(cast.differences());
    for (Service service : Service.values()) {
      if (!api.health(service).ok()) {
        wrong.add(service.label() + " is not ready");
      }
      if (service == Service.METERING) {
        pages(
            api,
            service,
            "/v1/quarantine",
            item ->
                count(reasons, "metering quarantine: " + word(item.path("reason").asString(""))));
      } else {
        ofDesk(api, service, unreadable, reasons, wrong);
        parked(api, service, reasons, wrong);
      }
    }
    AuditReport audit = AuditReport.of(api);
    if (!audit.green()) {
      wrong.add("an audit is red");
    }
    return new Aftermath(reasons, audit.lines(), wrong);
  }

  /** Records were sent to the topic of the quarantine too, with reasons that are none. */
  private static String word(String reason) {
    return reason.matches("[a-z-]+") ? reason : "(damaged by the fuzzer)";
  }

  private static void ofDesk(
      Api api,
      Service service,
      Set<Place> unreadable,
      Map<String, Integer> reasons,
      List<String> wrong) {
    Set<Place> missing = new HashSet<>(unreadable);
    missing.removeIf(place -> !READERS.getOrDefault(place.topic(), List.of()).contains(service));
    pages(
        api,
        service,
        "/v1/dead-letters",
        letter -> {
          String cause = letter.path("cause").asString("");
          if (cause.isBlank()) {
            wrong.add(service.label() + " set a record aside without a reason");
          }
          count(
              reasons,
              service.label() + " " + letter.path("topic").asString("") + ": " + brief(cause));
          missing.remove(
              new Place(
                  letter.path("topic").asString(""),
                  letter.path("partition").asInt(-1),
                  letter.path("offset").asLong(-1)));
        });
    if (!missing.isEmpty()) {
      wrong.add(
          "%s has neither read nor set aside %d records, %s"
              .formatted(service.label(), missing.size(), missing.iterator().next()));
    }
  }

  private static void parked(
      Api api, Service service, Map<String, Integer> reasons, List<String> wrong) {
    pages(
        api,
        service,
        "/v1/parked-accounts",
        parked -> {
          count(reasons, service.label() + " parked: " + brief(parked.path("cause").asString("")));
          if (parked.toString().contains(Cast.GOOD)) {
            wrong.add(service.label() + " parked a good account: " + parked);
          }
        });
  }

  /** Without what differs from one to the next. */
  private static String brief(String cause) {
    String words = cause.replaceAll("[0-9]+", "N").replaceAll("[^ -~]", "?").replace('|', '/');
    return words.length() > LONGEST_REASON ? words.substring(0, LONGEST_REASON) + "..." : words;
  }

  private static void count(Map<String, Integer> reasons, String reason) {
    reasons.merge(reason, 1, Integer::sum);
  }

  private static void pages(Api api, Service service, String path, Consumer<JsonNode> item) {
    String cursor = "";
    do {
      JsonNode page = api.get(service, path + "?limit=" + PAGE + cursor).orFail().body();
      page.path("items").forEach(item);
      String next = page.path("nextCursor").asString("");
      cursor = next.isEmpty() ? "" : "&cursor=" + next;
    } while (!cursor.isEmpty());
  }
}
