package io.tollgate.e2e.testing;

import io.tollgate.embedded.FreePorts;
import io.tollgate.embedded.JavaProcess;
import io.tollgate.embedded.Postmaster;
import io.tollgate.model.AccountId;
import io.tollgate.model.BillingCalendar;
import io.tollgate.standalone.Api;
import io.tollgate.standalone.DataDirectory;
import io.tollgate.standalone.RunningProcess;
import io.tollgate.standalone.Service;
import io.tollgate.support.FaultPoint;
import io.tollgate.support.time.driver.ClockDriver;
import io.tollgate.support.web.security.Scopes;
import io.tollgate.support.web.security.TokenMinter;
import io.tollgate.testing.Await;
import io.tollgate.testing.OpenApiDocument;
import io.tollgate.testing.User;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The four services with their broker, database and mail server in a process of their own, on a
 * data directory that outlives them.
 *
 * <p>It listens on the same ports each time it is started, so clients stay good over a kill.
 */
public final class Deployment implements AutoCloseable {

  private static final Duration VALIDITY = Duration.ofDays(1);
  private static final Duration START_LIMIT = Duration.ofMinutes(4);
  private static final Duration SETTLE_LIMIT = Duration.ofMinutes(4);

  /** Of the ports that {@code up} uses by itself. */
  private static final int MANAGEMENT_OFFSET = 1_000;

  private static final Map<Service, OpenApiDocument> DOCUMENTS = new ConcurrentHashMap<>();

  private final DataDirectory directory;
  private final Settings settings;
  private final int firstPort;
  private final Map<String, String> tokens = new ConcurrentHashMap<>();
  private final ClockDriver driver;
  private volatile JavaProcess process;
  private volatile RunningProcess running;

  private Deployment(DataDirectory directory, Settings settings, Settings first) {
    this.directory = directory;
    this.settings = settings;
    this.firstPort = FreePorts.row(Service.values().length, MANAGEMENT_OFFSET);
    this.process = ApplicationProcess.start(directory, first, firstPort);
    this.running = awaitReady();
    this.driver =
        new ClockDriver(
            running.ports().urls(),
            new BillingCalendar(settings.zone()),
            Duration.ofDays(1),
            SETTLE_LIMIT,
            this::operatorToken);
  }

  /** Starts on a directory, which may hold what an earlier one left; returns when it is ready. */
  public static Deployment start(Path directory, Settings settings) {
    return new Deployment(new DataDirectory(directory), settings, settings);
  }

  /** Starts on an empty directory of this name below the build's directory, kept afterwards. */
  public static Deployment fresh(String name, Settings settings) {
    return new Deployment(emptied(name), settings, settings);
  }

  /** Like {@link #fresh}, with a {@link FaultPoint} to die at until it is started again. */
  public static Deployment freshToDieAt(String point, String name, Settings settings) {
    return new Deployment(emptied(name), settings, settings.with(FaultPoint.PROPERTY, point));
  }

  private static DataDirectory emptied(String name) {
    DataDirectory directory = new DataDirectory(Path.of("target", "deployments", name));
    stopOrphanedDatabase(directory);
    directory.wipe();
    return directory;
  }

  private RunningProcess awaitReady() {
    try {
      return Await.until(
              START_LIMIT,
              () -> {
                process.requireAlive();
                return directory.running();
              },
              found -> found.isPresent())
          .orElseThrow();
    } catch (AssertionError | IllegalStateException e) {
      process.kill();
      stopOrphanedDatabase(directory);
      throw e;
    }
  }

  /** Kills the process at once (SIGKILL) and waits for its end. */
  public void kill() {
    process.kill();
  }

  /** Starts it again on the same directory, and waits until it is ready. */
  public void startAgain() {
    process = ApplicationProcess.start(directory, settings, firstPort);
    running = awaitReady();
  }

  /**
   * Starts it again with a {@link FaultPoint} to die at. Returns when it is ready, or has died
   * before it was.
   *
   * @param point as {@code name:n}
   */
  public void startAgainToDieAt(String point) {
    JavaProcess doomed =
        ApplicationProcess.start(directory, settings.with(FaultPoint.PROPERTY, point), firstPort);
    process = doomed;
    var unused =
        Await.until(
            START_LIMIT, () -> !doomed.isAlive() || directory.running().isPresent(), over -> over);
  }

  /**
   * Runs another command of the application on the same directory and answers what it printed.
   *
   * @throws AssertionError with what it said when it did not succeed
   */
  public String command(String... words) {
    return ForeignProgram.run(
        directory.part("logs"), ApplicationProcess.command(directory, words).line());
  }

  /** How the process ended. */
  public int exitValue() {
    return process.exitValue();
  }

  /** Whether the process lives. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Where everything is kept. */
  public Path directory() {
    return directory.root();
  }

  /** Where all services listen, in the order in which effects flow. */
  public List<URI> urls() {
    return running.ports().urls();
  }

  /** Where a service listens. */
  public URI url(Service service) {
    return running.ports().url(service);
  }

  /** Where a service's health and metrics are. */
  public URI managementUrl(Service service) {
    return running.ports().managementUrl(service);
  }

  /** The services' interface, for whoever outlives the process. */
  public Api api() {
    return Api.of(directory, running);
  }

  /** An operator who may do everything. */
  public User operator(Service service) {
    return user(service, operatorToken());
  }

  /** Another operator, who may do everything too. */
  public User operator(Service service, String name) {
    return user(service, operatorToken(name, Scopes.ALL));
  }

  /** A platform. */
  public User platform(Service service, String name) {
    return user(service, platformToken(name));
  }

  /** A customer of an account. */
  public User customer(Service service, String account) {
    return user(service, customerToken(account));
  }

  /** Whoever it is, every answer is judged by the service's OpenAPI document. */
  private User user(Service service, String token) {
    OpenApiDocument document =
        DOCUMENTS.computeIfAbsent(service, each -> OpenApiDocument.of(each.label()));
    return new User(url(service), token, document::faults);
  }

  /** An operator's token with every scope. */
  public String operatorToken() {
    return operatorToken("olga", Scopes.ALL);
  }

  /** An operator's token with some scopes. */
  public String operatorToken(String name, List<String> scopes) {
    return token(
        "operator " + name + " " + scopes, minter -> minter.operator(name, scopes, VALIDITY));
  }

  /** A platform's token. */
  public String platformToken(String name) {
    return token("platform " + name, minter -> minter.platform(name, VALIDITY));
  }

  /** A token of an account's customer. */
  public String customerToken(String account) {
    return token(
        "customer " + account,
        minter -> minter.customer("user-of-" + account, AccountId.of(account), VALIDITY));
  }

  /** The token of what reads the services' numbers. */
  public String monitorToken() {
    return token("monitor", minter -> minter.monitor(VALIDITY));
  }

  /** To sign takes longer than most requests do, and a token is good for a day. */
  private String token(String whose, Function<TokenMinter, String> mint) {
    return tokens.computeIfAbsent(whose, unknown -> mint.apply(directory.minter()));
  }

  /** Such a token that is valid for as long as operators are advised to make it. */
  public String monitorTokenOfMonths() {
    return directory.minter().monitor(Duration.ofDays(90));
  }

  /** Drives all clocks; every service has come to rest when this returns. */
  public void advanceTo(Instant instant) {
    driver.drive(instant, step -> {});
  }

  /** Lets every service come to rest where its clock stands. */
  public void settle() {
    advanceTo(Instant.MIN);
  }

  /** Where the clocks stand. */
  public Instant now() {
    return driver.now();
  }

  /** Stops everything, also what a killed process left running. */
  @Override
  public void close() {
    driver.close();
    boolean stopped = !process.isAlive() || process.stop();
    stopOrphanedDatabase(directory);
    if (!stopped) {
      throw new IllegalStateException("the application did not stop by itself");
    }
  }

  /** The database is a process of its own: a killed application leaves it behind. */
  private static void stopOrphanedDatabase(DataDirectory directory) {
    Postmaster.stop(directory.root().resolve("postgres"));
  }
}
