package io.tollgate.account.testing;

import io.tollgate.testing.SharedResource;
import java.nio.file.Path;

/**
 * A service for tests that need nothing special. Accounts, instances and platforms are theirs
 * alone; its clock, which only goes forward, is not. It may post to this machine.
 */
public final class SharedAccounts extends SharedResource<Accounts> {

  /** Used by JUnit. */
  public SharedAccounts() {
    super(Accounts.class);
  }

  @Override
  protected Accounts start(Path directory) {
    return Accounts.start(directory, "tollgate.webhooks.allow-private-addresses=true");
  }
}
