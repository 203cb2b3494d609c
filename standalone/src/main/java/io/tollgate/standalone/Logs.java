package io.tollgate.standalone;

import org.springframework.boot.logging.LoggingInitializationContext;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.core.env.StandardEnvironment;

/** Tells the logging configuration where to write, before anything is logged. */
public final class Logs {

  private static final String PROPERTY = "tollgate.log";

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
    LoggingSystem logging = LoggingSystem.get(Logs.class.getClassLoader());
    logging.beforeInitialize();
    logging.initialize(new LoggingInitializationContext(new StandardEnvironment()), null, null);
  }

  /** Logs into a data directory. */
  public static void to(DataDirectory directory) {
    if (System.getProperty(PROPERTY) == null) {
      System.setProperty(PROPERTY, directory.log().toString());
    }
  }
}
