package io.tollgate.account.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.account.AccountApplication;
import io.tollgate.client.Answer;
import io.tollgate.model.AccountId;
import io.tollgate.testing.RunningService;
import io.tollgate.testing.User;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** The account service with a test clock, spoken to over HTTP. */
public final class Accounts implements AutoCloseable {

  /** 1 March 2026, 00:00 in Shanghai. */
  public static final Instant START = Instant.parse("2026-02-28T16:00:00Z");

  /** What billing sells. */
  private static final List<String> PRODUCTS = List.of("vm", "disk", "old-vm", "patient");

  /** Every start and every test that begins one has billing's next epoch: the broker is shared. */
  private static final AtomicLong EPOCHS = new AtomicLong();

  private final RunningService service;
  private long epoch = EPOCHS.incrementAndGet();
  private List<AccountId> setAside = List.of();

  private Accounts(RunningService service) {
    this.service = service;
  }

  /**
   * Starts it on an empty database, and waits until it knows what billing sells.
   *
   * @param settings further settings, each {@code name=value}
   */
  public static Accounts start(Path directory, String... settings) {
    RunningService service =
        RunningService.start(AccountApplication.class, "account", directory, START, settings);
    PRODUCTS.forEach(Neighbours::productCreated);
    service.settle();
    return new Accounts(service);
  }

  public RunningService service() {
    return service;
  }

  public User operator() {
    return service.operator();
  }

  public User reader() {
    return service.reader();
  }

  public User platform(String name) {
    return service.platform(name);
  }

  public User customer(String account) {
    return service.customer(account);
  }

  public User nobody() {
    return service.nobody();
  }

  /** Opens an account. */
  public void open(String account) {
    assertThat(operator().post("/v1/accounts", "{'account':'" + account + "'}").status())
        .isEqualTo(201);
  }

  /** Registers an instance of product vm as its platform does. */
  public void register(String account, String instance, String platform) {
    assertThat(
            platform(platform)
                .post(
                    "/v1/accounts/" + account + "/instances",
                    "{'instance':'" + instance + "','product':'vm','specification':'small'}")
                .status())
        .isEqualTo(201);
  }

  /** An account's contact, as its customer enters it. */
  public Answer contacts(String account, String name, String email) {
    return customer(account)
        .put(
            "/v1/accounts/" + account + "/contacts",
            "{'name':'%s','emails':['%s'],'language':'en','marketingConsent':false}"
                .formatted(name, email));
  }

  /** The state of an instance. */
  public String state(String instance) {
    return operator().get("/v1/instances/" + instance).text("/state");
  }

  /** Whether its books are what its history makes of them. */
  public boolean green() {
    return operator().get("/v1/audit").body().at("/green").asBoolean();
  }

  /** Steps the clock when billing has told everything up to then, and waits for what is due. */
  public void stepTo(String instant) {
    complete(instant);
    service.stepTo(instant);
  }

  /** Billing has told everything up to then. */
  public void complete(String upTo) {
    Neighbours.complete(upTo, epoch, setAside);
  }

  /** Billing has work of these accounts set aside, from its next watermark on. */
  public void setAsideAtBilling(String... accounts) {
    setAside = Stream.of(accounts).map(AccountId::of).toList();
  }

  /** Billing's database was restored: what it told before of its progress counts no more. */
  public void beginEpoch() {
    epoch = EPOCHS.incrementAndGet();
  }

  /** Waits until everything is read, done and told. */
  public void settle() {
    service.settle();
  }

  @Override
  public void close() {
    service.close();
  }
}
