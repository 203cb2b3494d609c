package io.tollgate.client.api;

import io.tollgate.client.Calls;
import io.tollgate.client.Retry;
import io.tollgate.client.ServiceClient;
import io.tollgate.client.account.AccountClient;
import io.tollgate.client.billing.BillingClient;
import io.tollgate.client.metering.MeteringClient;
import io.tollgate.client.notification.NotificationClient;
import java.net.URI;
import java.time.Duration;

/**
 * The public HTTP interface, typed.
 *
 * <p>Requests are repeated for up to 30 seconds while a service does not answer or is overloaded;
 * each is idempotent, so that repeating it is harmless. A rejected request throws {@link
 * io.tollgate.client.ProblemException}, one without an answer {@link
 * io.tollgate.client.NoAnswerException}. Safe for use by several threads.
 */
public final class TollgateClient {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Endpoints endpoints;
  private final String token;
  private final Duration limit;

  private TollgateClient(Endpoints endpoints, String token, Duration limit) {
    this.endpoints = endpoints;
    this.token = token;
    this.limit = limit;
  }

  /**
   * A client with the rights of a token.
   *
   * @param token a bearer token of an operator, a platform or a customer
   */
  public static TollgateClient of(Endpoints endpoints, String token) {
    return new TollgateClient(endpoints, token, LIMIT);
  }

  /** The same, which repeats requests for as long as this; not at all within zero. */
  public TollgateClient retryingFor(Duration duration) {
    return new TollgateClient(endpoints, token, duration);
  }

  /** Usage events, meters and usage. */
  public MeteringClient metering() {
    return new MeteringClient(calls(endpoints.metering()));
  }

  /** Catalogue, recharges, balances and bills. */
  public BillingClient billing() {
    return new BillingClient(calls(endpoints.billing()));
  }

  /** Accounts, instances and commands to platforms. */
  public AccountClient accounts() {
    return new AccountClient(calls(endpoints.account()));
  }

  /** Notices and inboxes. */
  public NotificationClient notifications() {
    return new NotificationClient(calls(endpoints.notification()));
  }

  private Calls calls(URI service) {
    return new Calls(ServiceClient.of(service, token), Retry.within(limit));
  }
}
