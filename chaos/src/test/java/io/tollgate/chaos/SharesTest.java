package io.tollgate.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.chaos.Groups.Reading;
import io.tollgate.chaos.Groups.View;
import io.tollgate.model.event.Topics;
import io.tollgate.standalone.Service;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class SharesTest {

  private static final Reading READING =
      new Reading(
          Service.METERING, "tollgate-metering-g1", new TopicPartition(Topics.USAGE_EVENTS, 0));

  private final Shares shares = new Shares();

  @Test
  void whatIsReadIsItsReadersFromTheFirstLookOn() {
    shares.see(view("instance-0", 100));
    shares.see(view("instance-0", 130));
    shares.see(view("instance-1", 150));

    assertThat(shares.done(Work.USAGE_RECORDS_AGGREGATED, "instance-0")).isEqualTo(30);
    assertThat(shares.done(Work.USAGE_RECORDS_AGGREGATED, "instance-1")).isEqualTo(20);
    assertThat(shares.done(Work.USAGE_RECORDS_TAKEN_IN, "instance-0")).isZero();
  }

  @Test
  void whatIsReadWhilePartitionsMoveIsNobodys() {
    shares.see(view("instance-0", 100));
    shares.see(new View(Map.of(), Map.of(READING, 110L), Map.of()));
    shares.see(view("instance-1", 115));

    assertThat(shares.done(Work.USAGE_RECORDS_AGGREGATED, "instance-0")).isZero();
    assertThat(shares.done(Work.USAGE_RECORDS_AGGREGATED, "instance-1")).isEqualTo(5);
  }

  @Test
  void aCounterThatBeginsAnewWithItsProcessGoesOn() {
    shares.see(Work.EVENTS_INGESTED, "instance-0", 70);
    shares.see(Work.EVENTS_INGESTED, "instance-0", 100);
    shares.see(Work.EVENTS_INGESTED, "instance-0", 40);
    shares.see(Work.EVENTS_INGESTED, "instance-1", 9);

    assertThat(shares.done(Work.EVENTS_INGESTED, "instance-0")).isEqualTo(140);
    assertThat(shares.done(Work.EVENTS_INGESTED, "instance-1")).isEqualTo(9);
  }

  private static View view(String reader, long position) {
    return new View(Map.of(READING, reader), Map.of(READING, position), Map.of());
  }
}
