package io.tollgate.notification.email;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How e-mail looks from outside.
 *
 * @param from the sender's address
 * @param domain right side of every Message-ID
 */
@ConfigurationProperties("tollgate.mail")
public record EmailProperties(
    @DefaultValue("billing@tollgate.example") String from,
    @DefaultValue("tollgate.example") String domain) {}
