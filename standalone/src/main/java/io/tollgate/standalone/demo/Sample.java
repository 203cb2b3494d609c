package io.tollgate.standalone.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The input files of a run: the catalogue, the customers, their money and their usage by local day.
 * Whatever is charged must follow from them alone.
 */
public record Sample(Path directory) {

  static final LocalDate FIRST_DAY = LocalDate.of(2026, 3, 1);
  static final int USAGE_DAYS = 14;
  static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  private static final JsonMapper JSON = JsonMapper.builder().build();

  JsonNode catalogue() {
    return JSON.readTree(read(directory.resolve("catalogue.json")));
  }

  List<Customer> customers() {
    return List.of(JSON.readValue(read(directory.resolve("customers.json")), Customer[].class));
  }

  List<LaterRecharge> recharges() {
    return List.of(
        JSON.readValue(read(directory.resolve("recharges.json")), LaterRecharge[].class));
  }

  /** The usage events of a local day, one JSON object per line; empty when there are none. */
  List<String> usage(LocalDate day) {
    Path file = usageFile(day);
    return Files.exists(file) ? read(file).lines().toList() : List.of();
  }

  Path usageFile(LocalDate day) {
    return directory.resolve("usage-" + day + ".ndjson");
  }

  void writeCustomers(List<Customer> customers) {
    write(directory.resolve("customers.json"), JSON.writeValueAsString(customers));
  }

  void writeRecharges(List<LaterRecharge> recharges) {
    write(directory.resolve("recharges.json"), JSON.writeValueAsString(recharges));
  }

  /** Copies the catalogue that the program ships. */
  void writeCatalogue() {
    try (var in = Sample.class.getResourceAsStream("/demo/catalogue.json")) {
      if (in == null) {
        throw new IllegalStateException("the program was packaged without its demo catalogue");
      }
      write(
          directory.resolve("catalogue.json"),
          new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds usage events to a day. */
  void appendUsage(LocalDate day, Stream<String> lines) {
    try (var out =
        Files.newBufferedWriter(
            usageFile(day),
            StandardCharsets.UTF_8,
            java.nio.file.StandardOpenOption.CREATE,
            java.nio.file.StandardOpenOption.APPEND)) {
      for (String line : (Iterable<String>) lines::iterator) {
        out.write(line);
        out.write('\n');
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
