package io.tollgate.chaos;

import io.tollgate.client.Answer;
import io.tollgate.standalone.Api;
import io.tollgate.standalone.InParallel;
import io.tollgate.standalone.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What must be there before a load can begin: a meter, a product, accounts with instances. */
public final class Stage {

  /** What all accounts use; a unit of it costs 1. */
  static final String PRODUCT = "vm";

  /** The problem of an instance whose product is not in the catalogue, or not yet known to be. */
  static final String PRODUCT_UNKNOWN = "product-unknown";

  private static final String INSTANCE = "i-";
  private static final Duration KNOWN_LIMIT = Duration.ofMinutes(2);

  private Stage() {}

  /**
   * Prepares an empty deployment.
   *
   * @param begin a local midnight; nothing is used before
   */
  public static void prepare(Api api, Truth truth, Instant begin) {
    done(
        api.post(
            Service.METERING,
            "/v1/meters",
            Map.of(
                "meter",
                Workload.METER,
                "eventType",
                Workload.METER,
                "aggregation",
                "SUM",
                "valuePointer",
                "/value",
                "unit",
                "1",
                "emits",
                List.of("HOURLY"),
                "effectiveFrom",
                begin.toString()),
            "meter"));
    done(
        api.post(
            Service.BILLING,
            "/v1/products",
            Map.of(
                "product",
                PRODUCT,
                "name",
                "Virtual machine",
                "cycle",
                "HOUR",
                // So that the truth needs not know when anybody was suspended.
                "retainedStorageCharged",
                true),
            "product"));
    done(
        api.post(
            Service.BILLING,
            "/v1/products/" + PRODUCT + "/prices",
            Map.of(
                "effectiveFrom",
                begin.toString(),
                "meters",
                List.of(
                    Map.of(
                        "meter",
                        Workload.METER,
                        "model",
                        Map.of("kind", "PER_UNIT", "unitPrice", "1")))),
            "price"));
    InParallel.forEach(truth.accounts(), account -> open(api, account, "CNY", PRODUCT));
    InParallel.forEach(truth.accounts(), account -> awaitKnown(api, account));
  }

  /** Waits until billing has heard of an account. */
  static void awaitKnown(Api api, String account) {
    Patience.until(
        account + " known to billing",
        KNOWN_LIMIT,
        () -> api.get(Service.BILLING, "/v1/accounts/" + account + "/balance").ok());
  }

  /** Opens an account with an instance of a product. */
  static void open(Api api, String account, String currency, String product) {
    openAccount(api, account, currency);
    register(api, account, instanceOf(account), product);
  }

  /** Opens an account without an instance. */
  static void openAccount(Api api, String account, String currency) {
    done(
        api.post(
            Service.ACCOUNT,
            "/v1/accounts",
            Map.of("account", account, "currency", currency),
            account));
    done(writeContacts(api, account, account, account + "@example.com"));
  }

  /** The instance that an account is opened with. */
  static String instanceOf(String account) {
    return INSTANCE + account;
  }

  /** The account that was opened with an instance; the instance itself when none was. */
  static String accountOf(String instance) {
    return instance.startsWith(INSTANCE) ? instance.substring(INSTANCE.length()) : instance;
  }

  /** Registers an instance of an account. */
  static void register(Api api, String account, String instance, String product) {
    Patience.until(
        product + " known to account-service",
        KNOWN_LIMIT,
        () -> {
          Answer answer = tryToRegister(api, account, instance, product);
          boolean known = !answer.problem().equals(PRODUCT_UNKNOWN);
          if (known) {
            done(answer);
          }
          return known;
        });
  }

  /** The same, which may be refused. */
  static Answer tryToRegister(Api api, String account, String instance, String product) {
    return api.postAsPlatform(
        Service.ACCOUNT,
        "/v1/accounts/" + account + "/instances",
        Map.of("instance", instance, "product", product));
  }

  /** Writes an account's contacts; another name makes them other contacts. */
  static Answer writeContacts(Api api, String account, String name, String email) {
    return api.put(
        Service.ACCOUNT,
        "/v1/accounts/" + account + "/contacts",
        Map.of("name", name, "emails", List.of(email), "marketingConsent", false));
  }

  /** Fails unless it was done. */
  static void done(Answer answer) {
    var unused = answer.orFail();
  }
}
