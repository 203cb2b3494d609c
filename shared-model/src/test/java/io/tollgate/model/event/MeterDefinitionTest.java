package io.tollgate.model.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.model.MeterKey;
import io.tollgate.model.event.MeterDefinition.Emission;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What no version of a meter says, wherever its record comes from. */
class MeterDefinitionTest {

  private static MeterDefinition meter(
      String type, String pointer, Map<String, String> dimensions, String unit) {
    return new MeterDefinition(
        MeterKey.of("cpu-seconds"),
        1,
        type,
        Aggregation.SUM,
        Optional.of(pointer),
        new TreeMap<>(dimensions),
        unit,
        Set.of(Emission.HOURLY),
        Instant.parse("2026-02-28T16:00:00Z"));
  }

  private static Map<String, String> dimensions(int number) {
    return IntStream.range(0, number)
        .boxed()
        .collect(Collectors.toMap(index -> "d" + index, index -> "/d"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "/v", "/a/0/b", "/a~1b~0c", "/a b"})
  void pointersOfAnyShapeAreRead(String pointer) {
    assertThat(meter("vm.usage", pointer, Map.of("zone", pointer), "s").valuePointer())
        .contains(pointer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"v", " /v", "/v~", "/v~2", "/~\n", "T@,Q7SMI/7RAd"})
  void whatIsNoPointerIsRefused(String pointer) {
    assertThatThrownBy(() -> meter("vm.usage", pointer, Map.of(), "s"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> meter("vm.usage", "/v", Map.of("zone", pointer), "s"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void everyTextIsBounded() {
    String longest = "/" + "p".repeat(255);
    assertThat(meter("t".repeat(256), longest, dimensions(16), "u".repeat(32)).dimensions())
        .hasSize(16);

    assertThatThrownBy(() -> meter("t".repeat(257), "/v", Map.of(), "s"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> meter(" ", "/v", Map.of(), "s"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> meter("vm.usage", longest + "p", Map.of(), "s"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> meter("vm.usage", "/v", dimensions(17), "s"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> meter("vm.usage", "/v", Map.of("a b", "/d"), "s"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> meter("vm.usage", "/v", Map.of(), "u".repeat(33)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> meter("vm.usage", "/v", Map.of(), ""))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
