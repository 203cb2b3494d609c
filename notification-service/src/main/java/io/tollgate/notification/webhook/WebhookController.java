package io.tollgate.notification.webhook;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tollgate.model.AccountId;
import io.tollgate.store.webhook.WebhookRoutes;
import io.tollgate.store.webhook.WebhookView;
import io.tollgate.store.webhook.Webhooks;
import io.tollgate.support.web.Caller;
import java.util.Optional;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Webhooks of customers, for their notices. Bound to the credential's account where it has one,
 * whatever the path says (C4.2).
 */
@RestController
@RequestMapping("/v1/accounts/{owner}/webhook")
class WebhookController extends WebhookRoutes<AccountId, WebhookController.Shown> {

  private static final String RULE = "C3.1.2";

  WebhookController(Webhooks webhooks) {
    super(webhooks);
  }

  /** A webhook as shown. */
  record Shown(AccountId account, @JsonUnwrapped WebhookView webhook) {}

  @Override
  protected Shown shown(String owner, WebhookView webhook) {
    return new Shown(AccountId.of(owner), webhook);
  }

  @Override
  protected Webhooks.Owner owner(Caller caller, AccountId account) {
    AccountId own = caller.boundTo().orElse(account);
    return new Webhooks.Owner(own.value(), "account", Optional.of(own), RULE, caller.subject());
  }
}
