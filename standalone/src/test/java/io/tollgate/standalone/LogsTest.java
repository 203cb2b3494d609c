package io.tollgate.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggerContextListener;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;

/** The broker logs while the first service starts: its appenders must not be taken away then. */
class LogsTest {

  private static final class Resets implements LoggerContextListener {
    private int count;

    @Override
    public boolean isResetResistant() {
      return true;
    }

    @Override
    public void onStart(LoggerContext context) {}

    @Override
    public void onReset(LoggerContext context) {
      count++;
    }

    @Override
    public void onStop(LoggerContext context) {}

    @Override
    public void onLevelChange(Logger logger, Level level) {}
  }

  @Configuration(proxyBeanMethods = false)
  static class Nothing {}

  @Test
  void loggingIsSetUpOnceForTheProcessAndNoServiceResetsIt() {
    Logs.setUp();
    LoggerContext logging = (LoggerContext) LoggerFactory.getILoggerFactory();
    Resets resets = new Resets();
    logging.addListener(resets);
    try (GenericApplicationContext parent = new GenericApplicationContext()) {
      parent.refresh();
      var service =
          new SpringApplicationBuilder(Nothing.class)
              .parent(parent)
              .web(WebApplicationType.NONE)
              .bannerMode(Banner.Mode.OFF)
              .registerShutdownHook(false)
              .run();
      service.close();
    }
    Logs.setUp();
    logging.removeListener(resets);
    assertThat(resets.count).isZero();
  }
}
