package io.tollgate.standalone;

/** Tells the logging configuration where to write, before anything is logged. */
public final class Logs {

  private static final String PROPERTY = "tollgate.log";

  private Logs() {}

  /** Whether it is known where to. */
  static boolean areWritten() {
    return System.getProperty(PROPERTY) != null;
  }

  /** Logs into a data directory. */
  public static void to(DataDirectory directory) {
    if (System.getProperty(PROPERTY) == null) {
      System.setProperty(PROPERTY, directory.log().toString());
    }
  }
}
