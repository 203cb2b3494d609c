package io.tollgate.account.webhooks;

import io.tollgate.account.access.Sight;
import io.tollgate.model.PlatformId;
import io.tollgate.store.audittrail.AuditEntry;
import io.tollgate.store.audittrail.AuditTrail;
import io.tollgate.store.jdbc.Transactions;
import io.tollgate.support.web.Caller;
import io.tollgate.support.web.Fields;
import io.tollgate.support.web.ProblemException;
import java.net.URI;
import java.util.Optional;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Platforms register the webhook for their commands; its secret is never shown again. */
@RestController
@EnableConfigurationProperties(WebhookSettings.class)
@RequestMapping("/v1/platforms/{platform}/webhook")
class WebhookController {

  private static final String RULE = "C7.1";

  private final JdbcWebhookRepository webhooks;
  private final Transactions transactions;
  private final AuditTrail trail;
  private final WebhookSettings settings;

  WebhookController(
      JdbcWebhookRepository webhooks,
      Transactions transactions,
      AuditTrail trail,
      WebhookSettings settings) {
    this.settings = settings;
    this.webhooks = webhooks;
    this.transactions = transactions;
    this.trail = trail;
  }

  /** A webhook as shown. */
  record View(PlatformId platform, URI url) {}

  /** A webhook to be registered. */
  record NewEndpoint(String url, String secret) {

    NewEndpoint {
      url = Fields.required("url", url);
      secret = Fields.required("secret", secret);
    }

    /** Without the secret, so that it cannot reach a log by accident. */
    @Override
    public String toString() {
      return "NewEndpoint[" + url + "]";
    }
  }

  private Endpoint checked(NewEndpoint wanted) {
    URI url =
        switch (WebhookUrl.read(wanted.url(), settings.allowPrivateAddresses())) {
          case WebhookUrl.Reading.Valid valid -> valid.url();
          case WebhookUrl.Reading.Invalid invalid ->
              throw ProblemException.invalid("url", invalid.fault());
        };
    WebhookSecret.fault(wanted.secret())
        .ifPresent(
            fault -> {
              throw ProblemException.invalid("secret", fault);
            });
    return new Endpoint(url, wanted.secret());
  }

  @PutMapping
  View register(Caller caller, @PathVariable PlatformId platform, @RequestBody NewEndpoint wanted) {
    Sight.require(caller, platform);
    Endpoint endpoint = checked(wanted);
    return transactions.runHttp(
        () -> {
          webhooks.save(platform, endpoint);
          record(caller, platform, "webhook set to " + endpoint.url());
          return new View(platform, endpoint.url());
        });
  }

  @GetMapping
  View show(Caller caller, @PathVariable PlatformId platform) {
    Sight.require(caller, platform);
    return webhooks
        .find(platform)
        .map(endpoint -> new View(platform, endpoint.url()))
        .orElseThrow(() -> ProblemException.notFound("webhook of " + platform));
  }

  @DeleteMapping
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void remove(Caller caller, @PathVariable PlatformId platform) {
    Sight.require(caller, platform);
    transactions.execute(
        () -> {
          if (webhooks.remove(platform)) {
            record(caller, platform, "webhook removed");
          }
        });
  }

  private void record(Caller caller, PlatformId platform, String what) {
    trail.record(
        new AuditEntry(
            caller.subject(),
            Optional.empty(),
            "platform",
            platform.value(),
            what,
            RULE,
            "requested by the caller"));
  }
}
