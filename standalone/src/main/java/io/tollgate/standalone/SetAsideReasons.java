package io.tollgate.standalone;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Why billing has set parts of an account aside. A reason accounts for what was set aside with it
 * and for nothing beside that.
 */
final class SetAsideReasons {

  private static final String WHOLE_ACCOUNT = "consumer usage";
  private static final String CYCLES = "charging";
  private static final String MONTHS = "late-usage";
  private static final String PRODUCTS = "unpriced-usage";

  private final Map<String, String> reasons = new HashMap<>();

  void add(String work, String subject, String reason) {
    reasons.put(key(work, subject), reason);
  }

  /** Why usage is not billed of a product that the catalogue does not know. */
  Optional<String> ofProduct(String product) {
    return of(PRODUCTS, product);
  }

  /** Why a window is not billed: its cycle cannot be, or what came after its bill cannot be. */
  Optional<String> ofUnbilled(String product, Instant cycle, Instant month) {
    return of(CYCLES, product + " " + cycle).or(() -> ofBilled(product, month, true));
  }

  /**
   * Why a window is billed otherwise than it was metered.
   *
   * @param newer whether metering has a newer revision than was billed; the bill of the same
   *     revision waits for nothing
   */
  Optional<String> ofBilled(String product, Instant month, boolean newer) {
    return newer ? of(MONTHS, product + " " + month) : ofAccount();
  }

  private Optional<String> of(String work, String subject) {
    return Optional.ofNullable(reasons.get(key(work, subject))).or(this::ofAccount);
  }

  private Optional<String> ofAccount() {
    return Optional.ofNullable(reasons.get(key(WHOLE_ACCOUNT, "")));
  }

  private static String key(String work, String subject) {
    return (work + " " + subject).strip();
  }
}
