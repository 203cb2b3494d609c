package io.tollgate.metering.meter;

import io.tollgate.metering.log.LogReader;
import io.tollgate.metering.testing.RunningMetering;
import io.tollgate.model.BillingCalendar;
import io.tollgate.model.MeterKey;
import io.tollgate.model.event.Aggregation;
import io.tollgate.model.event.MeterDefinition;
import io.tollgate.model.event.MeterDefinition.Emission;
import io.tollgate.support.ServiceIdentity;
import io.tollgate.support.messaging.KafkaClients;
import io.tollgate.support.messaging.KafkaSettings;
import io.tollgate.support.time.BusinessClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Two instances of metering that define versions of meters on one broker at the same time. */
public final class RivalWriters implements AutoCloseable {
  private final RunningMetering metering;
  private final MeterWriter one;
  private final MeterWriter other;

  /**
   * Writers beside that of a running service.
   *
   * @param directory where their instances keep what is theirs
   */
  public RivalWriters(RunningMetering metering, Path directory) {
    this.metering = metering;
    this.one = writer("rival-1", directory);
    this.other = writer("rival-2", directory);
  }

  private MeterWriter writer(String instance, Path directory) {
    return new MeterWriter(
        new KafkaClients(
            metering.get(KafkaSettings.class),
            new ServiceIdentity("metering", instance, directory)),
        metering.get(LogReader.class),
        metering.get(MeterDirectory.class),
        metering.get(BusinessClock.class));
  }

  /**
   * Defines a version by one instance while the other is about to define it too.
   *
   * @return how often the slower one had to decide
   */
  public int overtake(MeterKey meter, String slower, String faster) {
    AtomicInteger decisions = new AtomicInteger();
    var unused =
        one.change(
            catalogue -> {
              if (decisions.incrementAndGet() == 1) {
                var unusedChange = other.change(latest -> next(latest, meter, faster));
              }
              return next(catalogue, meter, slower);
            });
    return decisions.get();
  }

  /** Lets both define so many versions at the same time. */
  public void race(MeterKey meter, int each) {
    List<CompletableFuture<Void>> running =
        Stream.of(one, other)
            .map(writer -> CompletableFuture.runAsync(() -> define(writer, meter, each)))
            .toList();
    running.forEach(CompletableFuture::join);
  }

  private void define(MeterWriter writer, MeterKey meter, int versions) {
    for (int i = 0; i < versions; i++) {
      var unused = writer.change(catalogue -> next(catalogue, meter, "1"));
    }
  }

  private MeterDefinition next(MeterCatalogue catalogue, MeterKey meter, String unit) {
    int version = catalogue.history(meter).size() + 1;
    return new MeterDefinition(
        meter,
        version,
        meter.value() + ".used",
        Aggregation.COUNT,
        Optional.empty(),
        Collections.emptySortedMap(),
        unit,
        Set.of(Emission.HOURLY),
        BillingCalendar.SHANGHAI
            .dayOf(metering.get(BusinessClock.class).now().plus(Duration.ofDays(version)))
            .end());
  }

  @Override
  public void close() {
    one.destroy();
    other.destroy();
  }
}
