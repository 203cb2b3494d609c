package io.tollgate.store.webhook;

import io.tollgate.model.AccountId;
import io.tollgate.model.event.WireMapper;
import io.tollgate.store.audittrail.AuditEntry;
import io.tollgate.store.audittrail.AuditTrail;
import io.tollgate.store.jdbc.Transactions;
import io.tollgate.support.time.BusinessClock;
import io.tollgate.support.web.Page;
import io.tollgate.support.web.ProblemException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;

/**
 * Registers webhooks, queues messages for them, and shows and replays what was queued. An owner has
 * one endpoint; without one, nothing is queued.
 */
public final class Webhooks {

  /** For so long a secret or key that was replaced signs on, beside the new one. */
  private static final Duration ROTATION = Duration.ofHours(24);

  private final JdbcEndpointRepository endpoints;
  private final JdbcDeliveryRepository deliveries;
  private final WebhookPoster poster;
  private final WebhookSettings settings;
  private final Transactions transactions;
  private final AuditTrail trail;
  private final BusinessClock clock;

  Webhooks(
      JdbcEndpointRepository endpoints,
      JdbcDeliveryRepository deliveries,
      WebhookPoster poster,
      WebhookSettings settings,
      Transactions transactions,
      AuditTrail trail,
      BusinessClock clock) {
    this.endpoints = endpoints;
    this.deliveries = deliveries;
    this.poster = poster;
    this.settings = settings;
    this.transactions = transactions;
    this.trail = trail;
    this.clock = clock;
  }

  /**
   * Who owns a webhook and changes it.
   *
   * @param owner a platform or an account
   * @param kind what that is, for the audit trail
   * @param account the account it concerns, if it is one's
   * @param rule the clause that the messages serve
   * @param who the caller
   */
  public record Owner(
      String owner, String kind, Optional<AccountId> account, String rule, String who) {}

  /**
   * Registers or replaces an owner's webhook.
   *
   * @throws ProblemException 400 for a URL or secret that is not allowed, 422 {@code
   *     webhook-without-consent} when a handshake is asked for and the receiver does not consent
   */
  public WebhookView register(Owner owner, NewWebhook wanted) {
    URI url = checkedUrl(wanted.url());
    checkKeys(wanted);
    if (wanted.needsHandshake()) {
      poster
          .consentFault(url)
          .ifPresent(
              fault -> {
                throw new ProblemException(
                    HttpStatus.UNPROCESSABLE_CONTENT, "webhook-without-consent", fault);
              });
    }
    return transactions.runHttp(
        () -> {
          Instant now = clock.now();
          Optional<SigningKeyPair> pair =
              wanted.isAsymmetric()
                  ? Optional.of(keyPair(owner.owner(), wanted.needsNewKey(), now))
                  : Optional.empty();
          endpoints.save(owner.owner(), url, wanted.secret(), pair, now.plus(ROTATION));
          record(owner, "webhook set to " + url);
          return show(owner.owner());
        });
  }

  /** The owner's key, or a new one where there is none or it may be replaced. */
  private SigningKeyPair keyPair(String owner, boolean renewed, Instant now) {
    boolean isReplacedAlready =
        endpoints
            .view(owner)
            .flatMap(WebhookView::previousKeyUntil)
            .filter(now::isBefore)
            .isPresent();
    return endpoints
        .keyPair(owner)
        .filter(present -> !renewed || isReplacedAlready)
        .orElseGet(SigningKeyPair::generate);
  }

  private URI checkedUrl(String text) {
    return switch (WebhookUrl.read(text, settings.allowPrivateAddresses())) {
      case WebhookUrl.Reading.Valid valid -> valid.url();
      case WebhookUrl.Reading.Invalid invalid ->
          throw ProblemException.invalid("url", invalid.fault());
    };
  }

  private static void checkKeys(NewWebhook wanted) {
    if (wanted.needsNewKey() && !wanted.isAsymmetric()) {
      throw ProblemException.invalid("newKey", "is only for a webhook that is asymmetric");
    }
    if (wanted.secret().isEmpty() && !wanted.isAsymmetric()) {
      throw ProblemException.invalid(
          "secret", "is missing; a webhook that is not asymmetric needs one");
    }
    wanted
        .secret()
        .flatMap(WebhookSecret::fault)
        .ifPresent(
            fault -> {
              throw ProblemException.invalid("secret", fault);
            });
  }

  /**
   * The webhook without its secrets.
   *
   * @throws ProblemException 404 when there is none
   */
  public WebhookView show(String owner) {
    return endpoints
        .view(owner)
        .orElseThrow(() -> ProblemException.notFound("webhook of " + owner));
  }

  /** Removes the webhook; what waits is no longer posted. */
  public void remove(Owner owner) {
    transactions.execute(
        () -> {
          if (endpoints.remove(owner.owner())) {
            deliveries.cancelAll(owner.owner());
            record(owner, "webhook removed");
          }
        });
  }

  /** The delivery log, the newest first. */
  public Page<DeliveryView> log(String owner, Optional<Integer> limit, Optional<String> cursor) {
    return Page.byNumber(
        limit,
        cursor,
        Long.MAX_VALUE,
        (below, size) -> deliveries.log(owner, below, size),
        DeliveryView::delivery);
  }

  /**
   * Posts a message again, whatever became of it, with all its attempts. To a webhook that is
   * disabled it is posted once it is registered again.
   *
   * @throws ProblemException 404 when there is no such message, or no webhook any more
   */
  public DeliveryView replay(Owner owner, long delivery) {
    return transactions.runHttp(
        () -> {
          var unused = show(owner.owner());
          if (!deliveries.replay(owner.owner(), delivery, clock.now())) {
            throw ProblemException.notFound("webhook delivery " + delivery);
          }
          record(owner, "webhook delivery " + delivery + " replayed");
          return deliveries.log(owner.owner(), delivery + 1, 1).getFirst();
        });
  }

  /**
   * A message to be queued.
   *
   * @param owner whose webhook it goes to
   * @param account the account that it concerns
   * @param id what its receiver knows it by
   * @param type e.g. {@code tollgate.command.v1}
   * @param at business instant of what it says
   * @param data what it says
   */
  public record Message(
      String owner, AccountId account, String id, String type, Instant at, Map<String, ?> data) {

    String body() {
      return WireMapper.mapper().writeValueAsString(new Body(type, at, data));
    }
  }

  /**
   * Queues a message in the surrounding transaction, if the owner has a webhook. It is posted until
   * the receiver has it, for three days.
   */
  public void queue(Message message) {
    queue(message, true);
  }

  /**
   * Queues a message that its sender repeats, under the same id: it is posted once each time, since
   * the sender has a schedule of its own.
   */
  public void queueRepetition(Message message) {
    queue(message, false);
  }

  private void queue(Message message, boolean retried) {
    deliveries.queue(
        new JdbcDeliveryRepository.NewMessage(
            message.owner(),
            message.account(),
            message.id(),
            message.type(),
            message.body(),
            retried,
            clock.now()));
  }

  private record Body(String type, Instant timestamp, Map<String, ?> data) {}

  /** Ends the attempts of messages that are no longer wanted, in the surrounding transaction. */
  public void cancel(String owner, Collection<String> messages) {
    deliveries.cancel(owner, messages);
  }

  private void record(Owner owner, String what) {
    trail.record(
        new AuditEntry(
            owner.who(),
            owner.account(),
            owner.kind(),
            owner.owner(),
            what,
            owner.rule(),
            "requested by the caller"));
  }
}
