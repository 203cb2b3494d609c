package io.tollgate.standalone;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.Map;
import java.util.Properties;

/**
 * What the other commands must know of the running process.
 *
 * @param pid its process id
 * @param ports where its services listen
 * @param testClock whether its clock is driven
 * @param zone its billing zone
 */
public record RunningProcess(long pid, Ports ports, boolean testClock, ZoneId zone) {

  void write(Path file) {
    Properties properties = new Properties();
    properties.setProperty("pid", Long.toString(pid));
    properties.setProperty("test-clock", Boolean.toString(testClock));
    properties.setProperty("zone", zone.getId());
    ports.http().forEach((s, port) -> properties.setProperty(s.label() + ".port", "" + port));
    ports
        .management()
        .forEach((s, port) -> properties.setProperty(s.label() + ".management-port", "" + port));
    PropertiesFile.write(file, properties, null);
  }

  static RunningProcess read(Path file) {
    Properties properties = new Properties();
    try (InputStream in = Files.newInputStream(file)) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
    Map<Service, Integer> http = new EnumMap<>(Service.class);
    Map<Service, Integer> management = new EnumMap<>(Service.class);
    for (Service service : Service.values()) {
      http.put(service, Integer.valueOf(properties.getProperty(service.label() + ".port")));
      management.put(
          service, Integer.valueOf(properties.getProperty(service.label() + ".management-port")));
    }
    return new RunningProcess(
        Long.parseLong(properties.getProperty("pid")),
        new Ports(http, management),
        Boolean.parseBoolean(properties.getProperty("test-clock")),
        ZoneId.of(properties.getProperty("zone")));
  }
}
