package io.tollgate.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.Properties;

/**
 * Ports that a data directory's server keeps across restarts, so that its clients find it again.
 */
public final class PortFile {

  private final Path file;

  private PortFile(Path file) {
    this.file = file;
  }

  /**
   * The ports of a server.
   *
   * @param directory the server's
   */
  public static PortFile of(Path directory) {
    return new PortFile(directory.resolve("ports.properties"));
  }

  /** A port that the server has, or had; empty until it has been started. */
  public OptionalInt kept(String name) {
    try {
      String port = read().getProperty(name);
      return port == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(port));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /**
   * A port by name.
   *
   * @param wanted the port asked for; 0 for the one kept, or a free one
   */
  int port(String name, int wanted) {
    try {
      Properties kept = read();
      String before = kept.getProperty(name);
      int port = wanted != 0 ? wanted : before != null ? Integer.parseInt(before) : free(kept);
      kept.setProperty(name, Integer.toString(port));
      Files.createDirectories(file.getParent());
      try (OutputStream out = Files.newOutputStream(file)) {
        kept.store(out, null);
      }
      return port;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep ports in " + file, e);
    }
  }

  private Properties read() throws IOException {
    Properties kept = new Properties();
    if (Files.exists(file)) {
      try (InputStream in = Files.newInputStream(file)) {
        kept.load(in);
      }
    }
    return kept;
  }

  /** One that no other name has: what was free a moment ago may be offered again. */
  private static int free(Properties kept) {
    int port = FreePorts.one();
    while (kept.containsValue(Integer.toString(port))) {
      port = FreePorts.one();
    }
    return port;
  }
}
