package io.tollgate.account.webhooks;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The addresses that webhooks may have.
 *
 * @param allowPrivateAddresses whether to loopback, private, link-local and other addresses that
 *     are not public too, and there without TLS to this machine: for tests and for platforms in the
 *     provider's own network
 */
@ConfigurationProperties("tollgate.webhooks")
public record WebhookSettings(@DefaultValue("false") boolean allowPrivateAddresses) {}
