package io.tollgate.account.webhooks;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tollgate.account.access.Sight;
import io.tollgate.model.PlatformId;
import io.tollgate.store.webhook.WebhookRoutes;
import io.tollgate.store.webhook.WebhookView;
import io.tollgate.store.webhook.Webhooks;
import io.tollgate.support.web.Caller;
import java.util.Optional;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Webhooks of platforms, for their commands. */
@RestController
@RequestMapping("/v1/platforms/{owner}/webhook")
class WebhookController extends WebhookRoutes<PlatformId, WebhookController.Shown> {

  private static final String RULE = "C7.1";

  WebhookController(Webhooks webhooks) {
    super(webhooks);
  }

  /** A webhook as shown. */
  record Shown(PlatformId platform, @JsonUnwrapped WebhookView webhook) {}

  @Override
  protected Shown shown(String owner, WebhookView webhook) {
    return new Shown(PlatformId.of(owner), webhook);
  }

  @Override
  protected Webhooks.Owner owner(Caller caller, PlatformId platform) {
    Sight.require(caller, platform);
    return new Webhooks.Owner(
        platform.value(), "platform", Optional.empty(), RULE, caller.subject());
  }
}
