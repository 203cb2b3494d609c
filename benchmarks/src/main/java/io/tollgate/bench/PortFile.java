package io.tollgate.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/** Where a part of the system listens, as it wrote down itself. */
record PortFile(Path file, Properties ports) {

  static PortFile of(RunningSystem system, String part) throws IOException {
    Path file = system.directory().part(part).resolve("ports.properties");
    Properties ports = new Properties();
    try (InputStream in = Files.newInputStream(file)) {
      ports.load(in);
    }
    return new PortFile(file, ports);
  }

  String port(String name) throws IOException {
    return Optional.ofNullable(ports.getProperty(name))
        .orElseThrow(() -> new IOException("no port of " + name + " in " + file));
  }
}
