package io.tollgate.standalone.demo;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Makes the sample of a small cloud: the same files from the same seed, always.
 *
 * <p>Usage follows the hour of the day with noise. Two customers pay too little: one recharges and
 * comes back, the other never does.
 */
public final class SampleGenerator {

  /** The customer that runs dry and comes back. */
  public static final String DRY = "demo-dry";

  /** The customer that runs dry and is released. */
  public static final String LOST = "demo-lost";

  private static final int COMPUTE = 12;
  private static final int STORAGE = 44;
  private static final int GATEWAY = 42;
  private static final Duration OFTEN = Duration.ofMinutes(5);
  private static final Duration HOURLY = Duration.ofHours(1);
  private static final BigDecimal BUSY_VCPU_HOURS = new BigDecimal("2");
  private static final BigDecimal IDLE_VCPU_HOURS = new BigDecimal("0.1");

  private final Sample sample;
  private final Random random;

  /** Writes into a sample's directory. */
  public SampleGenerator(Sample sample, long seed) {
    this.sample = sample;
    this.random = new Random(seed);
  }

  /** Writes all files. */
  public void write() {
    sample.writeCatalogue();
    List<Customer> customers = customers();
    sample.writeCustomers(customers);
    sample.writeRecharges(
        List.of(
            new LaterRecharge(DRY, "dry-part", "5.00", at(8, LocalTime.NOON)),
            new LaterRecharge(DRY, "dry-rest", "20.00", at(10, LocalTime.of(9, 0)))));
    for (int i = 0; i < Sample.USAGE_DAYS; i++) {
      LocalDate day = Sample.FIRST_DAY.plusDays(i);
      sample.appendUsage(
          day, customers.stream().flatMap(customer -> usage(customer, day)).map(UsageLine::json));
    }
  }

  private static List<Customer> customers() {
    List<Customer> customers = new ArrayList<>();
    customers.addAll(
        numbered(
            "compute", COMPUTE, "9000.00", new Rented("a", "compute"), new Rented("b", "compute")));
    customers.addAll(
        numbered(
            "storage", STORAGE, "2000.00", new Rented("vol", "storage"), new Rented("cdn", "cdn")));
    customers.addAll(
        numbered(
            "gateway",
            GATEWAY,
            "2000.00",
            new Rented("gw", "gateway"),
            new Rented("internal", "gateway")));
    customers.add(customer(DRY, "40.00", new Rented("vm", "compute")));
    customers.add(customer(LOST, "20.00", new Rented("vm", "compute")));
    return customers;
  }

  /**
   * An instance to be.
   *
   * @param suffix what its id adds to its customer's
   */
  private record Rented(String suffix, String product) {}

  private static List<Customer> numbered(String kind, int count, String funds, Rented... rented) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(number -> customer("%s-%02d".formatted(kind, number), funds, rented))
        .toList();
  }

  private static Customer customer(String account, String funds, Rented... rented) {
    return new Customer(
        account,
        Stream.of(rented)
            .map(each -> new Customer.Instance(account + "-" + each.suffix(), each.product()))
            .toList(),
        funds);
  }

  private Stream<UsageLine> usage(Customer customer, LocalDate day) {
    return switch (customer.account()) {
      case DRY -> dryUsage(day);
      case LOST ->
          day.getDayOfMonth() <= 2 ? constant(LOST + "-vm", day, BUSY_VCPU_HOURS) : Stream.empty();
      default -> customer.instances().stream().flatMap(instance -> usage(instance, day));
    };
  }

  /** Busy until it is suspended, idle after it came back. */
  private static Stream<UsageLine> dryUsage(LocalDate day) {
    if (day.getDayOfMonth() <= 3) {
      return constant(DRY + "-vm", day, BUSY_VCPU_HOURS);
    }
    return day.getDayOfMonth() >= 11 ? constant(DRY + "-vm", day, IDLE_VCPU_HOURS) : Stream.empty();
  }

  private static Stream<UsageLine> constant(String instance, LocalDate day, BigDecimal hours) {
    return lines(
        "vm.usage",
        instance,
        day,
        HOURLY,
        time -> Map.of("vcpuHours", hours, "netOutGb", BigDecimal.ZERO));
  }

  private Stream<UsageLine> usage(Customer.Instance instance, LocalDate day) {
    int size = 1 + Math.floorMod(instance.instance().hashCode(), 8);
    return switch (instance.product()) {
      case "compute" ->
          events(
              "vm.usage",
              instance,
              day,
              OFTEN,
              load ->
                  Map.of(
                      "vcpuHours", decimal(size * load / 12, 4),
                      "netOutGb", decimal(size * load * noise() / 100, 6)));
      case "storage" ->
          events(
              "volume.sample",
              instance,
              day,
              HOURLY,
              load -> Map.of("gib", decimal(size * size * 25 + day.getDayOfMonth() + load, 2)));
      case "cdn" ->
          events(
              "cdn.requests",
              instance,
              day,
              HOURLY,
              load -> Map.of("requests", decimal(size * 2_000 * load * noise(), 0)));
      case "gateway" ->
          events(
              "api.calls",
              instance,
              day,
              HOURLY,
              load -> Map.of("calls", decimal(size * 900 * load * noise(), 0)));
      default -> throw new IllegalStateException("no usage of " + instance.product());
    };
  }

  private Stream<UsageLine> events(
      String type,
      Customer.Instance instance,
      LocalDate day,
      Duration every,
      Function<Double, Map<String, BigDecimal>> data) {
    return lines(type, instance.instance(), day, every, time -> data.apply(load(time)));
  }

  private static Stream<UsageLine> lines(
      String type,
      String instance,
      LocalDate day,
      Duration every,
      Function<Instant, Map<String, BigDecimal>> data) {
    return times(day, every)
        .map(time -> new UsageLine(id(time), type, instance, time, data.apply(time)));
  }

  private static Stream<Instant> times(LocalDate day, Duration every) {
    Instant start = day.atStartOfDay(Sample.ZONE).toInstant();
    return Stream.iterate(start, time -> time.plus(every))
        .limit(Duration.ofDays(1).dividedBy(every))
        .map(time -> time.plusSeconds(30));
  }

  /** Unique within its instance, whose type of events is only one. */
  private static String id(Instant time) {
    return Long.toString(time.getEpochSecond());
  }

  /** More by day than by night, never nothing. */
  private double load(Instant time) {
    int hour = time.atZone(Sample.ZONE).getHour();
    return 0.35 + 0.6 * Math.abs(hour < 12 ? hour : 24 - hour) / 12.0 + 0.05 * noise();
  }

  private double noise() {
    return 0.5 + random.nextInt(1_000) / 1_000.0;
  }

  private static BigDecimal decimal(double value, int scale) {
    return BigDecimal.valueOf(value).setScale(scale, RoundingMode.HALF_UP);
  }

  private static Instant at(int dayOfMonth, LocalTime time) {
    return Sample.FIRST_DAY.withDayOfMonth(dayOfMonth).atTime(time).atZone(Sample.ZONE).toInstant();
  }
}
