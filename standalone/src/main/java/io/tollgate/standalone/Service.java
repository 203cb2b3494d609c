package io.tollgate.standalone;

import io.tollgate.account.AccountApplication;
import io.tollgate.billing.BillingApplication;
import io.tollgate.metering.MeteringApplication;
import io.tollgate.notification.NotificationApplication;
import java.util.Locale;

/** The services, in the order in which effects flow from one to the next. */
public enum Service {
  METERING(MeteringApplication.class),
  BILLING(BillingApplication.class),
  ACCOUNT(AccountApplication.class),
  NOTIFICATION(NotificationApplication.class);

  private final Class<?> application;

  Service(Class<?> application) {
    this.application = application;
  }

  /** Its name: of its configuration file, its schema and its directory. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Its Spring application. */
  public Class<?> application() {
    return application;
  }
}
