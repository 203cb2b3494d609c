package io.tollgate.account;

import io.tollgate.account.testing.Accounts;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A class of tests against one running service with an account a, whose instance runs, and an
 * account b, which is held.
 *
 * <p>Each class starts its own: two services of one name would share the partitions of the broker
 * that all classes share.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TwoAccountsTest {

  /** The instance of account b. */
  static final String OF_B = "vm-of-b";

  /** The service. */
  Accounts service;

  @BeforeAll
  void start(@TempDir Path directory) {
    service = Accounts.start(directory);
    service.open("a");
    service.open("b");
    service.register("a", "vm-of-a", "compute");
    service.register("b", OF_B, "compute");
    service.contacts("b", "Berta", "berta@example.org");
    service
        .operator()
        .post("/v1/accounts/b/holds", "{'cause':'ATTACK','reason':'secret reason of b'}");
    service.settle();
  }

  @AfterAll
  void stop() {
    service.close();
  }
}
