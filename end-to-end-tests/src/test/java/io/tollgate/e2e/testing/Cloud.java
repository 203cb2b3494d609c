package io.tollgate.e2e.testing;

import io.tollgate.client.Answer;
import io.tollgate.standalone.Service;
import io.tollgate.testing.User;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** What operators, platforms and customers of a deployment do and see, in their words. */
public final class Cloud {

  /** The platform all instances run on. */
  public static final String PLATFORM = "demo";

  private static final int EVENTS_PER_POST = 1_000;

  private final Deployment deployment;
  private final ZoneId zone;

  /**
   * @param zone the billing zone, in which local times are meant
   */
  public Cloud(Deployment deployment, ZoneId zone) {
    this.deployment = deployment;
    this.zone = zone;
  }

  /** The instant of a local time, for instance {@code 2024-03-01T10:00}. */
  public Instant at(String local) {
    return LocalDateTime.parse(local).atZone(zone).toInstant();
  }

  /** The deployment itself. */
  public Deployment deployment() {
    return deployment;
  }

  /** Drives the clocks to the next local midnight, unless it is midnight; answers that day. */
  public LocalDate freshDay() {
    Instant now = deployment.now();
    LocalDate today = now.atZone(zone).toLocalDate();
    Instant midnight = today.atStartOfDay(zone).toInstant();
    LocalDate day = midnight.equals(now) ? today : today.plusDays(1);
    deployment.advanceTo(day.atStartOfDay(zone).toInstant());
    return day;
  }

  /** Drives the clocks to a local time. */
  public void advanceTo(String local) {
    deployment.advanceTo(at(local));
  }

  /** Defines a meter of events whose type is its name. */
  public void meter(String name, String aggregation, String from) {
    meter(name, name, aggregation, from);
  }

  /** Defines a meter of a type of events, hourly and daily. */
  public void meter(String name, String type, String aggregation, String from) {
    String value = aggregation.equals("COUNT") ? "" : "'valuePointer':'/value',";
    done(
        deployment
            .operator(Service.METERING)
            .post(
                "/v1/meters",
                """
                {'meter':'%s','eventType':'%s','aggregation':'%s',%s'unit':'1',
                 'emits':['HOURLY','DAILY'],'effectiveFrom':'%s'}
                """
                    .formatted(name, type, aggregation, value, at(from))));
  }

  /** Adds a product. */
  public void product(String product, String cycle) {
    done(
        deployment
            .operator(Service.BILLING)
            .post(
                "/v1/products",
                "{'product':'%s','name':'%s','cycle':'%s'}".formatted(product, product, cycle)));
  }

  /**
   * Adds a price version.
   *
   * @param fields further fields of the body, for instance {@code 'meters':[...]}
   */
  public Answer price(String product, String from, String fields) {
    return done(
        deployment
            .operator(Service.BILLING)
            .post(
                "/v1/products/" + product + "/prices",
                "{'effectiveFrom':'%s',%s}".formatted(at(from), fields)));
  }

  /** Fields of a price of one meter: a model in JSON, and the scope of its counter. */
  public static String priced(String meter, String model, String scope) {
    return "'meters':[{'meter':'%s','model':%s,'scope':'%s'}]".formatted(meter, model, scope);
  }

  /** Opens an account with one instance of a product, both named after the account. */
  public void open(String account, String product) {
    openAccount(account);
    register(account, account, product);
  }

  /** Opens an account. */
  public void openAccount(String account) {
    done(
        deployment
            .operator(Service.ACCOUNT)
            .post("/v1/accounts", "{'account':'%s'}".formatted(account)));
  }

  /** Sets the address that an account's e-mails go to. */
  public void contact(String account, String email) {
    done(
        deployment
            .operator(Service.ACCOUNT)
            .put(
                "/v1/accounts/" + account + "/contacts",
                "{'name':'%s','emails':['%s'],'marketingConsent':false}"
                    .formatted(account, email)));
  }

  /** Registers an instance. */
  public void register(String account, String instance, String product) {
    done(
        deployment
            .platform(Service.ACCOUNT, PLATFORM)
            .post(
                "/v1/accounts/" + account + "/instances",
                "{'instance':'%s','product':'%s'}".formatted(instance, product)));
  }

  /** An account is recharged now; the account must be known to billing. */
  public Answer recharge(String account, String amount) {
    return done(
        deployment
            .operator(Service.BILLING)
            .post(
                "/v1/accounts/" + account + "/recharges",
                "{'channel':'ALIPAY','transaction':'%s','amount':'%s'}"
                    .formatted(UUID.randomUUID(), amount)));
  }

  /** A usage event of an instance as JSON; the meter's name is the event's type. */
  public String event(String instance, String meter, String id, Instant time, String value) {
    return """
    {"specversion":"1.0","id":"%s","source":"e2e","type":"%s","subject":"%s","time":"%s",\
    "data":{"value":%s}}\
    """
        .formatted(id, meter, instance, time, value);
  }

  /** One event, of a local time, with an id of its own. */
  public void use(String instance, String meter, String local, String value) {
    post(List.of(event(instance, meter, UUID.randomUUID().toString(), at(local), value)));
  }

  /** Posts events in batches, in order. */
  public void post(List<String> events) {
    User platform = deployment.platform(Service.METERING, PLATFORM);
    for (int from = 0; from < events.size(); from += EVENTS_PER_POST) {
      List<String> part = events.subList(from, Math.min(events.size(), from + EVENTS_PER_POST));
      var unused = done(platform.post("/api/v1/events", "[" + String.join(",", part) + "]"));
    }
  }

  /** A field of an account's balance. */
  public String balance(String account, String field) {
    User customer = deployment.customer(Service.BILLING, account);
    return done(customer.get("/v1/accounts/" + account + "/balance")).text(amount(field));
  }

  private static String amount(String field) {
    return "/" + field + "/amount";
  }

  /** Daily penalties as {@code day amount}, oldest day first. */
  public List<String> penalties(String account) {
    return items(Service.BILLING, account, "penalties").stream()
        .map(day -> day.at("/day").asString() + " " + day.at("/amount").asString())
        .sorted()
        .toList();
  }

  /** Bills, newest first. */
  public List<JsonNode> bills(String account) {
    return items(Service.BILLING, account, "bills");
  }

  /** Charge lines of all bills, in the order of their windows. */
  public List<JsonNode> lines(String account) {
    List<JsonNode> found = new ArrayList<>();
    for (JsonNode bill : bills(account)) {
      found.addAll(
          items(Service.BILLING, account, "bills/" + bill.at("/bill").asString() + "/lines"));
    }
    found.sort(
        Comparator.comparing((JsonNode line) -> Instant.parse(line.at("/windowStart").asString()))
            .thenComparingInt(line -> line.at("/number").asInt()));
    return found;
  }

  /** Amounts of all charge lines, in the order of their windows. */
  public List<String> amounts(String account) {
    return lines(account).stream().map(line -> line.at("/amount").asString()).toList();
  }

  /** Usage of an account, of all pages; the filter is a query string. */
  public List<JsonNode> usage(String account, String filter) {
    return items(Service.METERING, account, "usage?" + filter);
  }

  /** All items of a list of an account, over all pages, as its customer. */
  public List<JsonNode> items(Service service, String account, String path) {
    User customer = deployment.customer(service, account);
    String base = "/v1/accounts/" + account + "/" + path;
    String join = path.contains("?") ? "&" : "?";
    List<JsonNode> found = new ArrayList<>();
    String next = base;
    while (!next.isEmpty()) {
      Answer page = done(customer.get(next));
      page.body().at("/items").forEach(found::add);
      String cursor = page.text("/nextCursor");
      next = cursor.isEmpty() ? "" : base + join + "cursor=" + cursor;
    }
    return found;
  }

  /** Itself when it was done. */
  public static Answer done(Answer answer) {
    if (answer.status() < 200 || answer.status() > 299) {
      throw new AssertionError("refused: " + answer);
    }
    return answer;
  }
}
