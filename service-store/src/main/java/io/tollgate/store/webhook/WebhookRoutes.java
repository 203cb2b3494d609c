package io.tollgate.store.webhook;

import io.tollgate.support.web.Caller;
import io.tollgate.support.web.Page;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;

/**
 * The routes of one kind of owner: register a webhook, read its log, replay deliveries. A service
 * maps them under a path with the variable {@code owner}.
 *
 * @param <I> ids of the owners
 * @param <V> a webhook as shown, with its owner
 */
public abstract class WebhookRoutes<I, V> {

  private final Webhooks webhooks;

  /** Routes to these webhooks. */
  protected WebhookRoutes(Webhooks webhooks) {
    this.webhooks = webhooks;
  }

  /**
   * Whose webhook a caller reads or changes.
   *
   * @throws io.tollgate.support.web.ProblemException 403 for somebody else's
   */
  protected abstract Webhooks.Owner owner(Caller caller, I owner);

  /** A webhook as shown. */
  protected abstract V shown(String owner, WebhookView webhook);

  @PutMapping
  V register(Caller caller, @PathVariable I owner, @RequestBody NewWebhook wanted) {
    Webhooks.Owner own = owner(caller, owner);
    return shown(own.owner(), webhooks.register(own, wanted));
  }

  @GetMapping
  V show(Caller caller, @PathVariable I owner) {
    String own = owner(caller, owner).owner();
    return shown(own, webhooks.show(own));
  }

  @DeleteMapping
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void remove(Caller caller, @PathVariable I owner) {
    webhooks.remove(owner(caller, owner));
  }

  @GetMapping("/deliveries")
  Page<DeliveryView> deliveries(
      Caller caller,
      @PathVariable I owner,
      @RequestParam Optional<Integer> limit,
      @RequestParam Optional<String> cursor) {
    return webhooks.log(owner(caller, owner).owner(), limit, cursor);
  }

  @PostMapping("/deliveries/{delivery}/replay")
  DeliveryView replay(Caller caller, @PathVariable I owner, @PathVariable long delivery) {
    return webhooks.replay(owner(caller, owner), delivery);
  }
}
