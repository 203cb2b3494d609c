package io.tollgate.store.setaside;

import io.tollgate.store.consumer.AccountParking;
import io.tollgate.support.time.sweep.Sweep;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replays parked accounts when their next retry is due, each alone. The test clock does not wait
 * for it.
 */
final class ParkedAccountsSweep implements Sweep {

  private static final Logger log = LoggerFactory.getLogger(ParkedAccountsSweep.class);
  private static final int BATCH = 20;

  private final AccountParking parking;

  ParkedAccountsSweep(AccountParking parking) {
    this.parking = parking;
  }

  @Override
  public String name() {
    return "parked-accounts";
  }

  @Override
  public String lane() {
    return "parked-accounts";
  }

  @Override
  public int runBatch(Instant upTo) {
    int replayed = 0;
    for (String account : parking.toTry(BATCH)) {
      for (AccountParking.Replay replay : parking.replay(account)) {
        replayed += replay.parked() ? 0 : 1;
        log.info(
            "Replayed {} records of {} for account {}{}",
            replay.replayed(),
            replay.consumer(),
            account,
            replay.parked() ? ", still parked: " + replay.cause() : "");
      }
    }
    return replayed;
  }

  @Override
  public boolean anythingDue(Instant upTo) {
    return false;
  }
}
