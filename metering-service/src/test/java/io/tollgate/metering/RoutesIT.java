package io.tollgate.metering;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.metering.testing.RunningMetering;
import io.tollgate.metering.testing.SharedMetering;
import io.tollgate.testing.Routes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The document says what runs, and every route is granted to somebody. */
@ExtendWith(SharedMetering.class)
class RoutesIT {

  private final RunningMetering metering;

  RoutesIT(RunningMetering metering) {
    this.metering = metering;
  }

  @Test
  void everyRouteIsDescribedAndEveryDescriptionIsARoute() {
    var context = metering.context();
    assertThat(Routes.documented("metering")).isEqualTo(Routes.running(context));
    assertThat(Routes.granted(context)).containsAll(Routes.running(context));
    assertThat(metering.get("/openapi.yaml", metering.platform()).body()).startsWith("openapi");
  }
}
