package io.tollgate.standalone.demo;

import io.tollgate.client.Answer;
import io.tollgate.client.account.AccountClient;
import io.tollgate.client.account.Contacts;
import io.tollgate.client.account.NewAccount;
import io.tollgate.client.account.NewInstance;
import io.tollgate.client.billing.NewRecharge;
import io.tollgate.standalone.Api;
import io.tollgate.standalone.Service;
import io.tollgate.support.time.driver.ClockDriver;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** Brings a sample in over the public interface and drives a month over it. */
public final class DemoRun {

  private static final int LINES_PER_POST = 4_000;
  private static final LocalDate LAST_DAY = LocalDate.of(2026, 3, 31);

  private final Api api;
  private final ClockDriver driver;
  private final Sample sample;
  private final StubPlatform platform;
  private final Consumer<String> progress;
  private long events;
  private int daysOfUsage;

  /**
   * @param progress told once per day, in words
   */
  public DemoRun(Api api, ClockDriver driver, Sample sample, Consumer<String> progress) {
    this.api = api;
    this.driver = driver;
    this.sample = sample;
    this.platform = new StubPlatform(api);
    this.progress = progress;
  }

  /** First instant of the month. */
  public static Instant start() {
    return startOf(Sample.FIRST_DAY);
  }

  /** When the month's last bill has been told: noon of the day after it. */
  static Instant end() {
    return startOf(LAST_DAY.plusDays(1)).plusSeconds(12 * 3_600L);
  }

  private static Instant startOf(LocalDate day) {
    return day.atStartOfDay(Sample.ZONE).toInstant();
  }

  /** Runs the month. */
  public void run() {
    addCatalogue();
    List<Customer> customers = sample.customers();
    customers.forEach(this::addCustomer);
    // Billing must know the accounts before it can take their money.
    settle();
    customers.forEach(
        customer -> recharge(customer.account(), "first-" + customer.account(), customer.funds()));
    settle();
    List<LaterRecharge> recharges = new ArrayList<>(sample.recharges());
    recharges.sort(Comparator.comparing(LaterRecharge::at));
    for (LocalDate day = Sample.FIRST_DAY; !day.isAfter(LAST_DAY); day = day.plusDays(1)) {
      post(day);
      Instant end = startOf(day.plusDays(1));
      while (!recharges.isEmpty() && recharges.getFirst().at().isBefore(end)) {
        LaterRecharge next = recharges.removeFirst();
        driveTo(next.at());
        recharge(next.account(), next.transaction(), next.amount());
      }
      driveTo(end);
      progress.accept("%s   %,9d events of %d days posted".formatted(day, events, daysOfUsage));
    }
    driveTo(end());
  }

  private void addCatalogue() {
    JsonNode catalogue = sample.catalogue();
    for (JsonNode meter : catalogue.path("meters")) {
      var unused = api.post(Service.METERING, "/v1/meters", meter, key("meter", meter)).orFail();
    }
    for (JsonNode product : catalogue.path("products")) {
      var unused =
          api.post(Service.BILLING, "/v1/products", product, key("product", product)).orFail();
    }
    int number = 0;
    for (JsonNode price : catalogue.path("prices")) {
      number++;
      String path = "/v1/products/" + price.path("product").asString("") + "/prices";
      var unused = api.post(Service.BILLING, path, price.path("price"), "price-" + number).orFail();
    }
  }

  private static String key(String kind, JsonNode named) {
    return kind + "-" + named.path(kind).asString("");
  }

  private void addCustomer(Customer customer) {
    String account = customer.account();
    AccountClient operator = api.asOperator().accounts();
    var unused = operator.open(new NewAccount(account, Optional.empty()));
    operator.replaceContacts(
        account,
        new Contacts(
            "Customer " + account,
            List.of(account + "@customers.example"),
            Optional.empty(),
            false));
    AccountClient asPlatform = api.asPlatform().accounts();
    for (Customer.Instance instance : customer.instances()) {
      NewInstance registered = NewInstance.of(instance.instance(), instance.product());
      var ignored = asPlatform.register(account, registered);
    }
  }

  private void recharge(String account, String transaction, String amount) {
    var unused =
        api.asOperator()
            .billing()
            .recharge(account, NewRecharge.of("ALIPAY", transaction, new BigDecimal(amount)));
  }

  private void post(LocalDate day) {
    List<String> lines = sample.usage(day);
    daysOfUsage += lines.isEmpty() ? 0 : 1;
    for (int from = 0; from < lines.size(); from += LINES_PER_POST) {
      List<String> part = lines.subList(from, Math.min(lines.size(), from + LINES_PER_POST));
      Answer answer = api.postLines(String.join("\n", part)).orFail();
      if (answer.text().contains("\"refused\"")) {
        throw new IllegalStateException("events were refused: " + answer.text());
      }
      events += part.size();
    }
  }

  private void settle() {
    driveTo(driver.now());
  }

  /** Drives, and lets the platform do in between what it is told. */
  private void driveTo(Instant target) {
    do {
      driver.drive(target, step -> {});
    } while (platform.carryOut() > 0);
  }

  /** How many events were posted. */
  public long events() {
    return events;
  }

  /** What the platform was told and did. */
  public List<String> commands() {
    return platform.done();
  }

  /** The accounts of the sample, in order. */
  public Set<String> accounts() {
    Set<String> accounts = new HashSet<>();
    sample.customers().forEach(customer -> accounts.add(customer.account()));
    return accounts;
  }
}
