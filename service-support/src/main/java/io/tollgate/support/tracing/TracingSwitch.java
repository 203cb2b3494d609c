package io.tollgate.support.tracing;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/**
 * Leaves out what Spring Boot configures of OpenTelemetry while tracing is off: its own switch only
 * turns off the export, so every request would still make spans for nobody. Of what it configures
 * only traces are ever wanted: metrics are for Prometheus, and logs are written where they always
 * are.
 */
final class TracingSwitch implements AutoConfigurationImportFilter, EnvironmentAware {

  /** Whether traces are made and exported. */
  static final String PROPERTY = "management.tracing.export.enabled";

  private static final String TRACING = "org.springframework.boot.micrometer.tracing.";
  private static final String SDK = "org.springframework.boot.opentelemetry.autoconfigure.";

  private boolean on;

  @Override
  public void setEnvironment(Environment environment) {
    on = environment.getProperty(PROPERTY, Boolean.class, false);
  }

  @Override
  public boolean[] match(@Nullable String[] classes, AutoConfigurationMetadata metadata) {
    boolean[] matches = new boolean[classes.length];
    for (int i = 0; i < classes.length; i++) {
      matches[i] = isWanted(Objects.requireNonNullElse(classes[i], ""));
    }
    return matches;
  }

  private boolean isWanted(String autoConfiguration) {
    if (autoConfiguration.startsWith(SDK)) {
      // Deeper packages are those of logs and metrics.
      return on && autoConfiguration.indexOf('.', SDK.length()) < 0;
    }
    return on || !autoConfiguration.startsWith(TRACING);
  }
}
