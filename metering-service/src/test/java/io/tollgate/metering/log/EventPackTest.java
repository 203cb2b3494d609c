package io.tollgate.metering.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.metering.event.EventReader;
import io.tollgate.metering.event.Reading;
import io.tollgate.metering.event.UsageEvent;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class EventPackTest {

  private final EventReader reader = new EventReader();

  private UsageEvent event(String id, String data) {
    String text =
        """
        {"specversion":"1.0","type":"t","id":"%s","source":"s","subject":"i",\
        "time":"2026-03-01T00:00:00Z","data":%s}\
        """
            .formatted(id, data);
    return switch (reader.read(text.getBytes(UTF_8))) {
      case Reading.Read read -> read.event();
      case Reading.Refused refused -> throw new AssertionError(refused.reason());
    };
  }

  private static Headers lengths(byte[] lengths) {
    return new RecordHeaders().add(EventPack.LENGTHS, lengths);
  }

  private static List<String> texts(byte[] value, Headers headers) {
    return EventPack.events(value, headers).orElse(List.of()).stream()
        .map(bytes -> new String(bytes, UTF_8))
        .toList();
  }

  @Test
  void givesBackTheVeryBytesInOrder() {
    EventPack pack = new EventPack();
    List<UsageEvent> events =
        List.of(event("1", "[\"],[\"]"), event("2", "{\"a\":\"é\\n\"}"), event("3", "7"));
    events.forEach(pack::add);
    assertThat(new String(pack.value(), UTF_8)).startsWith("[{").endsWith("7}]");
    assertThat(texts(pack.value(), lengths(pack.lengths())))
        .isEqualTo(events.stream().map(event -> new String(event.bytes(), UTF_8)).toList());
  }

  @Test
  void takesNoMoreThanARecordMayHold() {
    EventPack pack = new EventPack();
    UsageEvent large = event("1", "\"" + "x".repeat(40_000) + "\"");
    assertThat(pack.fits(large)).isTrue();
    pack.add(large);
    assertThat(pack.fits(event("2", "1"))).isTrue();
    assertThat(pack.fits(large)).isFalse();
    assertThat(new EventPack().fits(event("1", "\"" + "x".repeat(200_000) + "\""))).isTrue();
  }

  @Test
  void isNotTakenApartWhereLengthsAndBytesDisagree() {
    EventPack pack = new EventPack();
    pack.add(event("1", "1"));
    pack.add(event("2", "2"));
    byte[] value = pack.value();
    byte[] lengths = pack.lengths();
    byte[] shorter = lengths.clone();
    shorter[3]--;
    byte[] negative = lengths.clone();
    negative[0] = (byte) 0x80;
    assertThat(texts(value, new RecordHeaders())).isEmpty();
    assertThat(texts(value, lengths(new byte[0]))).isEmpty();
    assertThat(texts(value, lengths(new byte[3]))).isEmpty();
    assertThat(texts(value, lengths(shorter))).isEmpty();
    assertThat(texts(value, lengths(negative))).isEmpty();
    assertThat(texts(value, lengths(java.util.Arrays.copyOf(lengths, 4)))).isEmpty();
    assertThat(texts(java.util.Arrays.copyOf(value, value.length - 1), lengths(lengths))).isEmpty();
    assertThat(texts(new byte[0], lengths(lengths))).isEmpty();
  }

  @Test
  void positionsGrowAlongTheLogAndLeadBackToTheirRecord() {
    assertThat(Position.of(7, 1023)).isLessThan(Position.of(8, 0));
    assertThat(Position.offset(Position.of(123_456_789_012L, 5))).isEqualTo(123_456_789_012L);
    assertThat(Position.index(Position.of(123_456_789_012L, 5))).isEqualTo(5);
  }
}
