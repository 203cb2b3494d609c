package io.tollgate.support.time;

import java.util.List;

/** A bean that contributes a check for each of several parts. */
@FunctionalInterface
public interface SettleChecks {

  /** The checks, fixed for the service's life. */
  List<SettleCheck> settleChecks();
}
