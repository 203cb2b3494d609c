package io.tollgate.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.account.testing.Accounts;
import io.tollgate.testing.Routes;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The document says what runs, and every route is somebody's. */
class RoutesIT {

  @Test
  void theDocumentNamesExactlyTheRoutesThatRunAndEachIsGranted(@TempDir Path directory) {
    try (Accounts accounts = Accounts.start(directory)) {
      var context = accounts.service().context();
      assertThat(Routes.documented("account")).isEqualTo(Routes.running(context));
      assertThat(Routes.granted(context)).containsAll(Routes.running(context));
      assertThat(accounts.operator().text("/openapi.yaml")).startsWith("openapi:");
    }
  }
}
