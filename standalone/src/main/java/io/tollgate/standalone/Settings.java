package io.tollgate.standalone;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * What can be chosen about a deployment.
 *
 * @param testClock where a driven clock starts; empty for the system's clock
 * @param zone the billing zone
 * @param firstPort port of the first service; 0 for any free ports
 * @param smtpPort port of the mail server; 0 for a free one
 */
public record Settings(Optional<Instant> testClock, ZoneId zone, int firstPort, int smtpPort) {

  /** The usual billing zone (T1). */
  public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
}
