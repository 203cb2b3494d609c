package io.tollgate.support.web;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Bounds of HTTP.
 *
 * @param maxConcurrentRequests requests in progress at once; one more is answered 503
 * @param maxBody largest body a route takes, unless it says otherwise
 */
@ConfigurationProperties("tollgate.web")
public record WebSettings(
    @DefaultValue("512") int maxConcurrentRequests, @DefaultValue("1MB") DataSize maxBody) {}
