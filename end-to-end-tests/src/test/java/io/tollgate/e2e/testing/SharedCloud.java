package io.tollgate.e2e.testing;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests that need nothing special the same deployment, whose start costs more than they do.
 *
 * <p>Its clock only goes forward: tests either take the next free day ({@link Cloud#freshDay}) or
 * lie between 28 February and 11 March 2024.
 */
public final class SharedCloud implements ParameterResolver {

  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final Instant START = Instant.parse("2024-02-24T16:00:00Z");

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Cloud.class;
  }

  @Override
  public Cloud resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Deployment deployment =
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.create(SharedCloud.class))
            .computeIfAbsent(
                "deployment",
                key -> Deployment.fresh("shared", Settings.startingAt(START)),
                Deployment.class);
    return new Cloud(deployment, ZONE);
  }
}
