package io.tollgate.metering.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever is read as plain JSON is read to the same result by the general parser. */
class PlainJsonTest {

  private static final int ROUNDS = 200_000;

  private static final List<String> EVENTS =
      List.of(
          """
          {"specversion":"1.0","id":"e-1","source":"bench","type":"units","subject":"i-1",\
          "time":"2026-03-01T00:00:00Z","data":{"value":7.50,"size":"s","more":{"x":true}}}\
          """,
          """
          { "data" : {"value":-12,"v":null} ,\n"specversion":"1.0","id":"1","source":"s",\
          "type":"t","subject":"i","extra":[1,{"a":2}],"time":"2026-03-01T00:00:00.1+01:00" }\
          """,
          """
          {"specversion":"1.0","id":"\\u00e9","source":"é","type":"t","subject":"i","id":"2",\
          "time":"2026-03-01T00:00:00Z","data":1e3,"data":[0.10,"a"],"n":0.0,"m":00}\
          """);

  /** What makes JSON another JSON, or none. */
  private static final String MARKS = "{}[]\",:.-+eE0123456789 \t\n\\\u007f/tfnau";

  private static final Pointers POINTERS =
      new Pointers(List.of("/value", "/size", "/more/x", "", "/v"));

  private final EventReader reader = new EventReader();

  @Test
  void anythingIsReadAsTheGeneralParserReadsIt() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    int read = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bytes = mutated(EVENTS.get(round % EVENTS.size()), random);
      String text = new String(bytes, UTF_8);
      String expected = told(reader.general(bytes));
      assertThat(told(reader.read(bytes))).as("seed %d: %s", seed, text).isEqualTo(expected);
      read += expected.startsWith("UsageEvent") ? 1 : 0;
    }
    assertThat(read).as("events that can be read, seed " + seed).isGreaterThan(ROUNDS / 20);
  }

  @Test
  void anAttributeGivenTwiceIsNoReasonWhereTheRestIsNoJson() {
    byte[] bytes =
        """
        {"specversion":"1.0","data":1,"data":type":"t"}\
        """
            .getBytes(UTF_8);
    String expected = told(reader.general(bytes));
    assertThat(expected).startsWith("not well-formed JSON");
    assertThat(told(reader.read(bytes))).isEqualTo(expected);
  }

  private static byte[] mutated(String event, Random random) {
    StringBuilder text = new StringBuilder(event);
    for (int i = random.nextInt(4); i > 0; i--) {
      int at = random.nextInt(text.length());
      char mark = MARKS.charAt(random.nextInt(MARKS.length()));
      switch (random.nextInt(4)) {
        case 0 -> text.setCharAt(at, mark);
        case 1 -> text.insert(at, mark);
        case 2 -> text.deleteCharAt(at);
        default -> {
          int from = random.nextInt(event.length());
          text.insert(at, event, from, Math.min(event.length(), from + random.nextInt(30)));
        }
      }
    }
    return text.toString().getBytes(UTF_8);
  }

  private static String told(Reading reading) {
    return switch (reading) {
      case Reading.Refused refused -> refused.reason();
      case Reading.Read read -> {
        UsageEvent event = read.event();
        assertThat(POINTERS.read(event)).isEqualTo(POINTERS.general(event));
        yield event.toString().replaceFirst("bytes=[^,]*", "")
            + Arrays.toString(POINTERS.read(event));
      }
    };
  }
}
