package io.tollgate.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Signals to processes, by the system's {@code kill}; one that is gone has none to get. */
final class Signals {

  private Signals() {}

  static void send(String name, long pid) {
    try {
      int code = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
      if (code != 0 && ProcessHandle.of(pid).isPresent()) {
        throw new IllegalStateException("kill -" + name + " " + pid + " failed");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run kill", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
