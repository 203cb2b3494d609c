package io.tollgate.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.stream.Stream;

/**
 * Where and when a run was made.
 *
 * @param date of its start, UTC
 * @param cores that the virtual machine sees
 * @param processor as the operating system names it
 * @param memoryMb of the machine
 * @param system operating system
 * @param jdk version
 */
record Machine(
    LocalDate date, int cores, String processor, long memoryMb, String system, String jdk) {

  static Machine here() {
    LocalDate started =
        ProcessHandle.current()
            .info()
            .startInstant()
            .orElseThrow()
            .atOffset(ZoneOffset.UTC)
            .toLocalDate();
    return new Machine(
        started,
        Runtime.getRuntime().availableProcessors(),
        first(Path.of("/proc/cpuinfo"), "model name"),
        Long.parseLong(first(Path.of("/proc/meminfo"), "MemTotal").replaceAll("\\D", "")) / 1_024,
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("java.vendor.version", "") + " " + Runtime.version());
  }

  /** The first value of that name; zero where the operating system does not tell. */
  private static String first(Path file, String name) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("0");
    } catch (IOException e) {
      return "0";
    }
  }

  String inWords() {
    return "%s, %d cores (%s), %,d MB, %s, JDK %s"
        .formatted(date, cores, processor, memoryMb, system, jdk.strip());
  }
}
