package io.tollgate.chaos.fuzz;

import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.util.RawValue;

/** Values that nobody means well with. */
final class Hostile {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "\u0000",
          "a\u0000b",
          "\t\r\n",
          "x\r\nx-injected: yes",
          "%0d%0ax-injected:%20yes",
          "' OR '1'='1",
          "1; DROP TABLE posting; --",
          "'; SELECT pg_sleep(20); --",
          "\\",
          "\"",
          "{{7*7}}",
          "${jndi:ldap://127.0.0.1:1/x}",
          "<script>alert(1)</script>",
          "../../../../etc/passwd",
          "..%2f..%2fetc%2fpasswd",
          "%00",
          "\u202egnp.exe",
          "\ud83d\udca9\ud83d\udca9",
          "\ud800",
          "\u0130\u0131\u017f",
          "e\u0301\u0301\u0301",
          "null",
          "NaN",
          "Infinity",
          "-1",
          "0",
          "00",
          "1e400000",
          "-0.0000000000000000000000000000000001",
          "9223372036854775808",
          "2147483648",
          "99999999999999999999999999.999999",
          "0x7f",
          "١٢٣",
          "1,5",
          "true",
          "0000-00-00T00:00:00Z",
          "2026-02-30T00:00:00Z",
          "2026-02-28T24:00:00Z",
          "2026-12-31T23:59:60Z",
          "+999999999-12-31T23:59:59.999999999Z",
          "-999999999-01-01T00:00:00Z",
          "9999-12-31T23:59:59Z",
          "0001-01-01T00:00:00Z",
          "+294277-01-01T00:00:00Z",
          "1969-12-31T23:59:59.999999999Z",
          "P999999999Y",
          "PT9223372036854775807S",
          "-PT1S",
          "Asia/Shanghai",
          "/~2",
          "/a/b/c/d/e/f/g/h",
          "~",
          "AAAA",
          "MTIz",
          "e30",
          "LTE",
          "OTIyMzM3MjAzNjg1NDc3NTgwOA");

  private static final List<String> RAW =
      List.of(
          "1e400000",
          "-1e-400000",
          "1e308",
          "9223372036854775808",
          "-9223372036854775809",
          "2147483648",
          "-1",
          "0",
          "-0",
          "0.1",
          "2.9",
          "1.0000000000000000000000000000000000000000000000001",
          "123456789012345678901234567890123456789012345678901234567890",
          "null",
          "true",
          "false",
          "[]",
          "{}",
          "[[[[[[[[]]]]]]]]",
          "{\"a\":{\"b\":{\"c\":{}}}}",
          "[null]",
          "[1,2,3]");

  private Hostile() {}

  /** A text. */
  static String text(Random random) {
    int kind = random.nextInt(TEXTS.size() + 4);
    if (kind < TEXTS.size()) {
      return TEXTS.get(kind);
    }
    return switch (kind - TEXTS.size()) {
      case 0 -> "x".repeat(129);
      case 1 -> noise(300 + random.nextInt(4_000), random);
      case 2 -> "\u754c".repeat(1_000);
      default -> noise(1 + random.nextInt(20), random);
    };
  }

  /** Characters without a pattern, so that nothing packs them. */
  static String noise(int length, Random random) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append((char) ('!' + random.nextInt('~' - '!' + 1)));
    }
    return text.toString();
  }

  /** A JSON value of any kind. */
  static JsonNode node(Random random) {
    return random.nextInt(2) == 0
        ? NODES.stringNode(text(random))
        : NODES.rawValueNode(new RawValue(RAW.get(random.nextInt(RAW.size()))));
  }
}
