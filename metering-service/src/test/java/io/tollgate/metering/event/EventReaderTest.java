package io.tollgate.metering.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {

  private static final String EVENT =
      """
      {"specversion":"1.0","type":"cpu","data":{"a":{"b/c":[1, 2.50]},"t":"x"},"id":"1",
       "source":"s","subject":"i-1","time":"2026-03-01T08:00:00.1234567+08:00","extra":[{}]}\
      """;

  private final EventReader reader = new EventReader();

  private UsageEvent read(String text) {
    return switch (reader.read(text.getBytes(UTF_8))) {
      case Reading.Read read -> read.event();
      case Reading.Refused refused -> throw new AssertionError(refused.reason());
    };
  }

  @Test
  void attributesAndDataAreFoundInAnyOrder() {
    UsageEvent event = read(EVENT);
    assertThat(event.instance()).isEqualTo("i-1");
    assertThat(event.time()).isEqualTo(Instant.parse("2026-03-01T00:00:00.123456Z"));
    assertThat(new String(event.data(), event.dataOffset(), event.dataLength(), UTF_8))
        .isEqualTo("{\"a\":{\"b/c\":[1, 2.50]},\"t\":\"x\"}");
  }

  @Test
  void dataMayBeAnyJson() {
    for (String data : List.of("7", "\"text\"", "[1,[2]]", "true", "null", "1.5e3")) {
      UsageEvent event = read(EVENT.replaceFirst("\\{\"a\".*\"x\"}", data));
      assertThat(new String(event.data(), event.dataOffset(), event.dataLength(), UTF_8))
          .isEqualTo(data);
    }
  }

  @Test
  void identityIsSourceSubjectAndIdAndNothingElse() {
    Identity identity = read(EVENT).identity();
    assertThat(read(EVENT.replace("\"t\":\"x\"", "\"t\":\"y\"")).identity()).isEqualTo(identity);
    assertThat(read(EVENT.replace("i-1", "i-2")).identity()).isNotEqualTo(identity);
    assertThat(read(EVENT.replace("\"id\":\"1\"", "\"id\":\"2\"")).identity())
        .isNotEqualTo(identity);
    assertThat(Identity.of("s", "i-1", "1")).isEqualTo(identity);
    assertThat(Identity.of("si", "-1", "1")).isNotEqualTo(identity);
  }

  @Test
  void payloadIsTypeTimeAndData() {
    long payload = read(EVENT).payloadHash();
    assertThat(read(EVENT.replace("\"extra\"", "\"other\"")).payloadHash()).isEqualTo(payload);
    assertThat(read(EVENT.replace("2.50", "2.51")).payloadHash()).isNotEqualTo(payload);
    // The bytes, not what they say: other white space and other spellings are another payload.
    assertThat(read(EVENT.replace("2.50", "2.5")).payloadHash()).isNotEqualTo(payload);
    assertThat(read(EVENT.replace("2.50", " 2.50")).payloadHash()).isNotEqualTo(payload);
    assertThat(read(EVENT.replace("\"cpu\"", "\"gpu\"")).payloadHash()).isNotEqualTo(payload);
    assertThat(read(EVENT.replace("T08:00:00", "T08:00:01")).payloadHash()).isNotEqualTo(payload);
  }

  private static final String PLAIN =
      """
      {"specversion":"1.0","id":"1","source":"s","subject":"i-1","type":"cpu",
       "time":"2026-03-01T08:00:00+08:00", "data": {"a":{"b":2.50},"t":"x"} }\
      """;

  @Test
  void anArrayOfPlainEventsIsReadInOnePassToTheSameEvents() {
    String other =
        PLAIN.replace("\"1\"", "\"2\"").replace(", \"data\": {\"a\":{\"b\":2.50},\"t\":\"x\"}", "");
    List<Reading> readings =
        reader.array((" [ " + PLAIN + " ,\n" + other + " ] ").getBytes(UTF_8)).orElseThrow();
    assertThat(readings).hasSize(2);
    for (int i = 0; i < 2; i++) {
      UsageEvent one = read(i == 0 ? PLAIN : other);
      UsageEvent ofArray = ((Reading.Read) readings.get(i)).event();
      assertThat(ofArray.bytes()).isEqualTo(one.bytes());
      assertThat(ofArray.identity()).isEqualTo(one.identity());
      assertThat(ofArray.payloadHash()).isEqualTo(one.payloadHash());
      assertThat(ofArray.dataOffset()).isEqualTo(one.dataOffset());
      assertThat(ofArray.dataLength()).isEqualTo(one.dataLength());
    }
    assertThat(reader.array("[]".getBytes(UTF_8)).orElseThrow()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[%s", "[%s %s]", "[%s,]", "[,%s]", "[%s] 1", "[%s,{}]", "{}", "", "[%s,\u00e4]"})
  void anArrayThatIsNotPlainIsLeftToTheGeneralParser(String array) {
    assertThat(reader.array(array.replace("%s", PLAIN).getBytes(UTF_8))).isEmpty();
  }

  @Test
  void whatPointersAskForIsFoundWhileTheEventIsRead() {
    Pointers pointers = new Pointers(List.of("/t", "/a/b", "/none"));
    UsageEvent event =
        ((Reading.Read)
                reader.read(PLAIN.getBytes(UTF_8), type -> type.equals("cpu") ? pointers : null))
            .event();
    Pointers.Found found = Objects.requireNonNull(event.found());
    assertThat(found.values()).containsExactly("x", new BigDecimal("2.50"), null);
    assertThat(pointers.read(event)).isSameAs(found.values());
    assertThat(new Pointers(List.of("/t")).read(event)).containsExactly("x");
    assertThat(event.payloadHash()).isEqualTo(read(PLAIN).payloadHash());
  }

  @Test
  void aTypeThatComesAfterTheDataDecides() {
    String event =
        "{\"data\":{\"t\":\"x\"}," + PLAIN.substring(1).replaceFirst(", \"data\": .*} }", "}");
    Pointers pointers = new Pointers(List.of("/t"));
    UsageEvent read = ((Reading.Read) reader.read(event.getBytes(UTF_8), type -> pointers)).event();
    assertThat(read.type()).isEqualTo("cpu");
    assertThat(read.found()).isNull();
    assertThat(pointers.read(read)).containsExactly("x");
  }

  @Test
  void pointersFindScalarsAndSkipTheRest() {
    Pointers pointers = new Pointers(List.of("/a/b~1c/1", "/t", "/a", "/nothing", "/t"));
    assertThat(pointers.read(read(EVENT)))
        .containsExactly(new BigDecimal("2.50"), "x", null, null, "x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{} {}",
        "{}",
        "{\"specversion\":\"1.0\",\"id\":7}",
        "{\"specversion\":\"1.0\",\"id\":\"\\u0000\"}",
        "{\"specversion\":\"1.0\",\"type\":\"t\",\"id\":\"1\",\"source\":\"s\",\"subject\":\"a"
            + " b\",\"time\":\"2026-03-01T00:00:00Z\"}",
        "{\"specversion\":\"1.0\",\"type\":\"t\",\"id\":\"1\",\"source\":\"s\",\"subject\":\"i\",\"time\":\"yesterday\"}",
        "{\"specversion\":\"1.0\",\"type\":\"t\",\"id\":\"1\",\"source\":\"s\",\"subject\":\"i\",\"time\":\"+999999999-03-01T00:00:00Z\"}",
        "{\"specversion\":\"1.0\",\"data_base64\":7}"
      })
  void whatIsNoEventIsRefused(String text) {
    assertThat(reader.read(text.getBytes(UTF_8))).isInstanceOf(Reading.Refused.class);
  }

  private static String encoded(String json) {
    return "\"data_base64\":\"" + Base64.getEncoder().encodeToString(json.getBytes(UTF_8)) + "\",";
  }

  private static final String DATA = "\"data\":{\"a\":{\"b/c\":[1, 2.50]},\"t\":\"x\"},";

  private String fault(String text) {
    return reader.read(text.getBytes(UTF_8)) instanceof Reading.Refused refused
        ? refused.reason()
        : "taken";
  }

  /** In the plain form and, with white space that is not ASCII in a text, in any other. */
  @ParameterizedTest
  @ValueSource(strings = {"x", "\u3000"})
  void anAttributeThatIsGivenTwiceIsRefused(String text) {
    String plain = PLAIN.replace("\"x\"", "\"" + text + "\"");
    for (String field :
        List.of(
            "\"specversion\":\"1.0\"",
            "\"id\":\"2\"",
            "\"source\":\"s\"",
            "\"subject\":\"i-2\"",
            "\"type\":\"gpu\"",
            "\"time\":\"2026-03-01T09:00:00+08:00\"",
            "\"data\":{}")) {
      String name = field.split("\"", -1)[1];
      assertThat(fault("{" + field + "," + plain.substring(1))).isEqualTo(name + " is given twice");
    }
    assertThat(fault("{\"other\":1,\"other\":2," + plain.substring(1))).isEqualTo("taken");
    for (String again :
        List.of(
            encoded("7") + encoded("8"),
            encoded("7") + "\"data_base64\":null,",
            "\"data_base64\":null," + encoded("7"))) {
      assertThat(fault(EVENT.replace(DATA, again))).isEqualTo("data_base64 is given twice");
    }
  }

  /** The last scalar of a name counts, whichever way the data is read. */
  @ParameterizedTest
  @ValueSource(strings = {"x", "\u3000"})
  void aNameThatIsGivenTwiceInTheDataHasItsLastValue(String text) {
    String data = "{\"t\":\"" + text + "\",\"a\":1,\"a\":2,\"a\":null}";
    UsageEvent event = read(PLAIN.replaceFirst("\\{\"a\".*}(?= })", data));
    assertThat(new Pointers(List.of("/t", "/a")).read(event))
        .containsExactly(text, new BigDecimal("2"));
  }

  @Test
  void dataInBase64IsDecodedAndCountsLikeTheSameDataWithoutIt() {
    UsageEvent plain = read(EVENT);
    String json = "{\"a\":{\"b/c\":[1, 2.50]},\"t\":\"x\"}";
    for (String type :
        List.of(
            "",
            "\"datacontenttype\":null,",
            "\"datacontenttype\":\"Application/JSON; charset=utf-8\",",
            "\"datacontenttype\":\"application/vnd.usage+json\",")) {
      UsageEvent event = read(EVENT.replace(DATA, encoded(json) + type));
      assertThat(new Pointers(List.of("/a/b~1c/1", "/t")).read(event))
          .containsExactly(new BigDecimal("2.50"), "x");
      assertThat(event.payloadHash()).isEqualTo(plain.payloadHash());
      assertThat(event.identity()).isEqualTo(plain.identity());
    }
  }

  @Test
  void anAbsentDataMayBeWrittenAsNull() {
    assertThat(read(EVENT.replace(DATA, DATA + "\"data_base64\":null,")).payloadHash())
        .isEqualTo(read(EVENT).payloadHash());
    assertThat(read(EVENT.replace(DATA, "\"data\":null," + encoded("7"))).dataLength())
        .isEqualTo(1);
    assertThat(read(EVENT.replace(DATA, "\"data_base64\":null,")).dataLength()).isZero();
  }

  @Test
  void dataInBase64IsRefusedByItsReason() {
    assertThat(fault(EVENT.replace(DATA, DATA + encoded("7"))))
        .isEqualTo("an event can have data or data_base64, not both");
    assertThat(fault(EVENT.replace(DATA, encoded("7") + DATA)))
        .isEqualTo("an event can have data or data_base64, not both");
    assertThat(fault(EVENT.replace(DATA, "\"data_base64\":\"!!\",")))
        .isEqualTo("data_base64 is not base64");
    for (String json : List.of("", "{", "1 2", "text")) {
      assertThat(fault(EVENT.replace(DATA, encoded(json))))
          .as(json)
          .isEqualTo("data_base64 is not the base64 of well-formed JSON");
    }
    assertThat(fault(EVENT.replace(DATA, encoded("7") + "\"datacontenttype\":\"text/plain\",")))
        .isEqualTo("data_base64 must contain JSON, but datacontenttype is 'text/plain'");
  }

  @Test
  void aRefusedAttributeIsQuotedWithWhatIsAllowed() {
    assertThat(fault(EVENT.replace("\"1.0\"", "\"0.3\"")))
        .isEqualTo("specversion '0.3' must be 1.0");
    assertThat(fault(EVENT.replace("\"specversion\":\"1.0\",", "")))
        .isEqualTo("specversion is missing");
    assertThat(fault(EVENT.replace("i-1", "i 1")))
        .startsWith("subject 'i 1' must name an instance");
    assertThat(fault(EVENT.replace("T08:00:00.1234567", "T08:00")))
        .startsWith("time '2026-03-01T08:00+08:00' must be an RFC 3339 time in the years 1971 to");
    assertThat(fault(EVENT.replace("2026-", "9001-")))
        .startsWith("time '9001-03-01T08:00:00.1234567+08:00' must be an RFC 3339 time");
  }

  @Test
  void aLeapSecondAndAnyNumberOfDigitsAreTaken() {
    Instant last = Instant.parse("2026-02-28T23:59:59Z");
    for (String time :
        List.of("2026-02-28T23:59:60Z", "2026-02-28T23:59:60+00:00", "2026-03-01T07:59:60+08:00")) {
      assertThat(read(EVENT.replace("2026-03-01T08:00:00.1234567+08:00", time)).time())
          .isEqualTo(last);
    }
    assertThat(read(EVENT.replace(".1234567+", ".1234567890123+")).time())
        .isEqualTo(Instant.parse("2026-03-01T00:00:00.123456Z"));
  }

  @Test
  void wrongEncodingsAndHugeEventsAreRefused() {
    for (String encoding : List.of("UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE")) {
      assertThat(reader.read(EVENT.getBytes(Charset.forName(encoding))))
          .as(encoding)
          .isInstanceOf(Reading.Refused.class);
    }
    byte[] huge = new byte[EventJson.MAX_EVENT_BYTES + 1];
    assertThat(reader.read(huge, 0, huge.length)).isInstanceOf(Reading.Refused.class);
  }

  /** Encoded in UTF-8 each half would be a question mark, and different events one. */
  @Test
  void halvesOfSurrogatePairsAreRefusedWhereverTheyAre() {
    for (String half :
        List.of("\\ud800", "\\udc00", "\\uD801x", "\\udc00\\ud800", "\\ud83d\\\\ude00")) {
      for (String part : List.of("\"1\"", "\"s\"", "\"cpu\"", "\"x\"", "\"t\"", "\"i-1\"")) {
        String event = EVENT.replace(part, part.replaceAll("\"$", "") + half + "\"");
        assertThat(reader.read(event.getBytes(UTF_8)))
            .as(event)
            .isInstanceOfSatisfying(
                Reading.Refused.class,
                refused -> assertThat(refused.reason()).contains("half of a surrogate pair"));
      }
    }
    assertThat(read(EVENT.replace("\"1\"", "\"\\ud83d\\ude00\"")).id()).isEqualTo("\ud83d\ude00");
    assertThat(read(EVENT.replace("\"1\"", "\"\\\\ud800\"")).id()).isEqualTo("\\ud800");
  }

  @Test
  void encodedHalvesAndOverlongBytesAreNotUtf8() {
    for (int[] bad : new int[][] {{0xED, 0xA0, 0x80}, {0xED, 0xB0, 0x80}, {0xC0, 0x80}, {0xFF}}) {
      byte[] event = EVENT.replace("\"id\":\"1\"", "\"id\":\"####\"").getBytes(UTF_8);
      int at = new String(event, UTF_8).indexOf("####");
      for (int i = 0; i < bad.length; i++) {
        event[at + i] = (byte) bad[i];
      }
      assertThat(reader.read(event)).isInstanceOf(Reading.Refused.class);
    }
  }
}
