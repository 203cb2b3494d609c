package io.tollgate.support.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.mock.env.MockEnvironment;

/** Of the auto-configurations on the class path, those of OpenTelemetry are left out. */
class TracingSwitchTest {

  private static final String SPANS =
      "org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration";
  private static final String SDK =
      "org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration";

  @Test
  void nothingOfItIsConfiguredUnlessItIsSwitchedOn() {
    assertThat(configured(new MockEnvironment()))
        .isNotEmpty()
        .noneMatch(name -> name.contains("tracing") || name.contains("opentelemetry"));
    assertThat(configured(new MockEnvironment().withProperty(TracingSwitch.PROPERTY, "false")))
        .doesNotContain(SPANS, SDK);
  }

  @Test
  void switchedOnThereAreTracesAndStillNoMetricsOrLogsOfOpenTelemetry() {
    MockEnvironment on = new MockEnvironment().withProperty(TracingSwitch.PROPERTY, "true");

    assertThat(configured(on))
        .contains(SPANS, SDK)
        .noneMatch(
            name -> name.matches(".*[.]opentelemetry[.]autoconfigure[.](logging|metrics)[.].*"));
  }

  private static List<String> configured(MockEnvironment environment) {
    String[] all =
        ImportCandidates.load(AutoConfiguration.class, TracingSwitchTest.class.getClassLoader())
            .getCandidates()
            .toArray(String[]::new);
    TracingSwitch filter = new TracingSwitch();
    filter.setEnvironment(environment);
    boolean[] wanted = filter.match(all, new NoMetadata());
    List<String> configured = new ArrayList<>();
    for (int i = 0; i < all.length; i++) {
      if (wanted[i]) {
        configured.add(all[i]);
      }
    }
    return configured;
  }

  /** The filter goes by names alone. */
  private static final class NoMetadata implements AutoConfigurationMetadata {

    @Override
    public boolean wasProcessed(String className) {
      return false;
    }

    @Override
    public @Nullable Integer getInteger(String className, String key) {
      return null;
    }

    @Override
    public @Nullable Integer getInteger(
        String className, String key, @Nullable Integer defaultValue) {
      return defaultValue;
    }

    @Override
    public @Nullable Set<String> getSet(String className, String key) {
      return null;
    }

    @Override
    public @Nullable Set<String> getSet(
        String className, String key, @Nullable Set<String> defaultValue) {
      return defaultValue;
    }

    @Override
    public @Nullable String get(String className, String key) {
      return null;
    }

    @Override
    public @Nullable String get(String className, String key, @Nullable String defaultValue) {
      return defaultValue;
    }
  }
}
