package io.tollgate.e2e.testing;

import io.tollgate.standalone.Service;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests that need nothing special the same deployment, whose start costs more than they do,
 * the collector of its traces and the server of its mail.
 *
 * <p>Its clock only goes forward: one test lies between 28 February and 11 March 2024 and therefore
 * is {@link #FIRST}; all others take the next free day ({@link Cloud#freshDay}).
 */
public final class SharedCloud implements ParameterResolver {

  /** The order of the test whose days are given. */
  public static final int FIRST = 1;

  /** The address whose e-mails the mail server refuses. */
  public static final String BOUNCING = "bouncing@customers.example";

  /** The order of a test that needs a deployment that has run for a while. */
  public static final int LAST = Integer.MAX_VALUE;

  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final Instant START = Instant.parse("2024-02-24T16:00:00Z");

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return List.of(Cloud.class, TraceCollector.class, MailServer.class).contains(type);
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    ExtensionContext.Store store =
        context.getRoot().getStore(ExtensionContext.Namespace.create(SharedCloud.class));
    TraceCollector collector =
        store.computeIfAbsent("traces", key -> TraceCollector.start(), TraceCollector.class);
    MailServer mail =
        store.computeIfAbsent("mail", key -> MailServer.start(BOUNCING), MailServer.class);
    Class<?> type = parameter.getParameter().getType();
    if (type == TraceCollector.class) {
      return collector;
    }
    if (type == MailServer.class) {
      return mail;
    }
    Deployment deployment =
        store.computeIfAbsent(
            "deployment",
            key -> settled(Deployment.fresh("shared", settings(collector, mail))),
            Deployment.class);
    return new Cloud(deployment, ZONE);
  }

  /** Logs JSON, and exports the traces of those who ask for it in their requests. */
  private static Settings settings(TraceCollector collector, MailServer mail) {
    return Settings.startingAt(START)
        .with("TOLLGATE_SMTP_PORT", "" + mail.port())
        .with("logging.structured.format.file", "ecs")
        .with("management.tracing.export.enabled", "true")
        .with("management.tracing.sampling.probability", "0")
        .with("management.opentelemetry.tracing.export.schedule-delay", "200ms")
        .with("management.opentelemetry.tracing.export.otlp.endpoint", collector.endpoint());
  }

  /**
   * What the provider settles before its first account binds nobody yet and needs no notice
   * (C3.2.10): recharges pay penalty first in two minutes of March 2024.
   */
  private static Deployment settled(Deployment deployment) {
    Cloud cloud = new Cloud(deployment, ZONE);
    for (String tenMinutes : List.of("2024-03-04T12:0", "2024-03-05T09:0")) {
      enterAllocation(cloud, "PENALTY_FIRST", tenMinutes + "1");
      enterAllocation(cloud, "PRINCIPAL_FIRST", tenMinutes + "2");
    }
    return deployment;
  }

  private static void enterAllocation(Cloud cloud, String order, String from) {
    var unused =
        Cloud.done(
            cloud
                .deployment()
                .operator(Service.BILLING)
                .post(
                    "/v1/policies",
                    """
                    {'name':'recharge.allocation','level':'SPECIAL_TERMS','value':'%s',
                     'effectiveFrom':'%s','reason':'worked example'}
                    """
                        .formatted(order, cloud.at(from))));
  }
}
