package io.tollgate.store.webhook;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How webhooks are delivered.
 *
 * @param allowPrivateAddresses whether to loopback, private, link-local and other addresses that
 *     are not public too, and there without TLS to this machine: for tests and for receivers in the
 *     provider's own network
 * @param origin the name of this deployment in the CloudEvents handshake, a host name
 */
@ConfigurationProperties("tollgate.webhooks")
public record WebhookSettings(
    @DefaultValue("false") boolean allowPrivateAddresses,
    @DefaultValue("tollgate.example") String origin) {}
