package io.tollgate.standalone.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Adds one customer per CloudWatch CSV export to a sample ({@code timestamp,value} rows).
 *
 * <p>The first row's day becomes the sample's first day; rows after two weeks are left out. What a
 * file measures is told by its name; one that no product of the demo meters is refused.
 */
public final class CloudWatchSample {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  private static final BigDecimal BYTES_PER_GB = new BigDecimal("1000000000");
  private static final BigDecimal BYTES_PER_GIB = new BigDecimal("1073741824");
  private static final BigDecimal PERCENT_OF_FOUR_VCPU_IN_5_MIN = new BigDecimal("300");
  private static final int SCALE = 9;

  private final Sample sample;

  /** Adds to a sample. */
  public CloudWatchSample(Sample sample) {
    this.sample = sample;
  }

  /** What a kind of export becomes. */
  private record Mapping(String product, String type, String field, BigDecimal divisor) {}

  /** Adds all exports of a directory. */
  public void add(Path directory) {
    List<Customer> customers = new ArrayList<>(sample.customers());
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".csv")).sorted().toList()) {
        customers.add(add(file, customers.size()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + directory, e);
    }
    sample.writeCustomers(customers);
  }

  private Customer add(Path file, int index) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    Mapping mapping =
        mapping(name)
            .orElseThrow(
                () ->
                    new IllegalArgumentException("nothing in the demo meters what is in " + file));
    String account = "cloudwatch-" + index;
    String instance = account + "-" + mapping.product();
    Map<LocalDate, List<String>> days = new TreeMap<>();
    Optional<Duration> shift = Optional.empty();
    int number = 0;
    for (String row : Sample.read(file).lines().skip(1).toList()) {
      number++;
      int comma = row.indexOf(',');
      Instant recorded =
          LocalDateTime.parse(row.substring(0, comma), TIME).toInstant(ZoneOffset.UTC);
      Duration by = shift.orElseGet(() -> toFirstDay(recorded));
      shift = Optional.of(by);
      Instant time = recorded.plus(by);
      days.computeIfAbsent(time.atZone(Sample.ZONE).toLocalDate(), day -> new ArrayList<>())
          .add(
              line(
                  mapping,
                  instance,
                  number,
                  time,
                  new BigDecimal(row.substring(comma + 1).strip())));
    }
    LocalDate end = Sample.FIRST_DAY.plusDays(Sample.USAGE_DAYS);
    days.forEach(
        (day, lines) -> {
          if (day.isBefore(end)) {
            sample.appendUsage(day, lines.stream());
          }
        });
    return new Customer(
        account, List.of(new Customer.Instance(instance, mapping.product())), "5000.00");
  }

  /** Whole days, so that the time of day stays what it was. */
  private static Duration toFirstDay(Instant recorded) {
    LocalDate day = recorded.atZone(Sample.ZONE).toLocalDate();
    return Duration.ofDays(Sample.FIRST_DAY.toEpochDay() - day.toEpochDay());
  }

  private static String line(
      Mapping mapping, String instance, int row, Instant time, BigDecimal value) {
    BigDecimal quantity =
        value.divide(mapping.divisor(), SCALE, RoundingMode.HALF_UP).stripTrailingZeros();
    Map<String, BigDecimal> data = new TreeMap<>();
    if ("vm.usage".equals(mapping.type())) {
      data.put("vcpuHours", BigDecimal.ZERO);
      data.put("netOutGb", BigDecimal.ZERO);
    }
    data.put(mapping.field(), quantity);
    return new UsageLine("row-" + row, mapping.type(), instance, time, data).json();
  }

  private static Optional<Mapping> mapping(String name) {
    if (name.contains("network")) {
      return Optional.of(new Mapping("compute", "vm.usage", "netOutGb", BYTES_PER_GB));
    }
    if (name.contains("cpu_utilization")) {
      return Optional.of(
          new Mapping("compute", "vm.usage", "vcpuHours", PERCENT_OF_FOUR_VCPU_IN_5_MIN));
    }
    if (name.contains("request_count")) {
      return Optional.of(new Mapping("cdn", "cdn.requests", "requests", BigDecimal.ONE));
    }
    if (name.contains("disk")) {
      return Optional.of(new Mapping("storage", "volume.sample", "gib", BYTES_PER_GIB));
    }
    return Optional.empty();
  }
}
