package io.tollgate.standalone;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.logging.LoggingInitializationContext;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** Tells the logging configuration where to write, before anything is logged. */
public final class Logs {

  private static final String PROPERTY = "tollgate.log";
  private static final String FORMAT = "logging.structured.format.file";

  private Logs() {}

  /** Whether it is known where to. */
  static boolean areWritten() {
    return System.getProperty(PROPERTY) != null;
  }

  /**
   * Lets Spring set logging up, once for the process. It would otherwise do so when the first
   * service starts, and what the broker logs meanwhile would find no appender, which is reported on
   * the console.
   */
  static void setUp() {
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .addLast(new MapPropertySource("name", Map.of("spring.application.name", "tollgate")));
    LoggingSystem logging = LoggingSystem.get(Logs.class.getClassLoader());
    logging.beforeInitialize();
    logging.initialize(new LoggingInitializationContext(environment), null, null);
    String format = environment.getProperty(FORMAT, "");
    if (!format.isEmpty()) {
      structure(format);
    }
  }

  /** Lines of a structured format, instead of those of logback.xml, from here on. */
  private static void structure(String format) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    StructuredLogEncoder encoder = new StructuredLogEncoder();
    encoder.setContext(context);
    encoder.setFormat(format);
    try {
      encoder.start();
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new CommandException("%s: %s".formatted(FORMAT, e.getMessage()));
    }
    if (context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("FILE")
        instanceof OutputStreamAppender<ILoggingEvent> file) {
      file.setEncoder(encoder);
    }
  }

  /** Logs into a data directory. */
  public static void to(DataDirectory directory) {
    if (System.getProperty(PROPERTY) == null) {
      System.setProperty(PROPERTY, directory.log().toString());
    }
  }
}
