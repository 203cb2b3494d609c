package io.tollgate.chaos.fuzz;

import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Names that exist, by what they name: those of the sandbox, with which anything may be done, and
 * those of the good accounts.
 */
record Ids(Map<String, List<String>> sandbox, Map<String, List<String>> good) {

  private static final Map<String, String> SAME =
      Map.ofEntries(
          Map.entry("accounts", "account"),
          Map.entry("parked", "account"),
          Map.entry("subject", "instance"),
          Map.entry("instances", "instance"),
          Map.entry("number", "line"));

  /** Keeps its own copies. */
  Ids {
    sandbox = Map.copyOf(sandbox);
    good = Map.copyOf(good);
  }

  /** Whether names of this kind are known. */
  boolean knows(String name) {
    return sandbox.containsKey(kind(name));
  }

  /**
   * A name.
   *
   * @param goodToo whether the good accounts' may be among them
   */
  String any(String name, boolean goodToo, Random random) {
    String kind = kind(name);
    List<String> own = sandbox.getOrDefault(kind, List.of("none"));
    List<String> others = good.getOrDefault(kind, List.of());
    return goodToo && !others.isEmpty() && random.nextInt(3) > 0
        ? others.get(random.nextInt(others.size()))
        : own.get(random.nextInt(own.size()));
  }

  private static String kind(String name) {
    return SAME.getOrDefault(name, name);
  }
}
