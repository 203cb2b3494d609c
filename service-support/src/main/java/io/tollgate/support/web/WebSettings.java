package io.tollgate.support.web;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits of the HTTP interface.
 *
 * @param maxConcurrentRequests requests in progress at once; one more is answered 503
 * @param maxBody largest body a route takes, unless it says otherwise
 * @param maxPackedBody largest body in gzip or deflate before it is unpacked
 * @param packedBudget packed bytes in progress at once; more is answered 429
 * @param readTimeout longest silence in the middle of a request; then it is answered 408 and its
 *     connection closed
 * @param idleTimeout how long a connection is kept without a request
 */
@ConfigurationProperties("tollgate.web")
public record WebSettings(
    @DefaultValue("512") int maxConcurrentRequests,
    @DefaultValue("1MB") DataSize maxBody,
    @DefaultValue("1MB") DataSize maxPackedBody,
    @DefaultValue("32MB") DataSize packedBudget,
    @DefaultValue("PT30S") Duration readTimeout,
    @DefaultValue("PT5M") Duration idleTimeout) {}
