package io.tollgate.model;

import java.util.Set;

/**
 * The clauses of the agreement that can authorise an action: the rule given for an adjustment or a
 * termination must be one of them, so that it can be looked up.
 */
public final class AgreementRules {

  private static final Set<String> CLAUSES =
      Set.of(
          "A",
          "M1",
          "M2",
          "M3",
          "M4",
          "M5",
          "C2.1",
          "C2.2",
          "C2.3",
          "C2.3.1",
          "C2.3.1.1",
          "C2.3.1.2",
          "C2.3.1.3",
          "C2.3.2",
          "C2.4",
          "C2.4.1",
          "C2.4.2",
          "C2.4.3",
          "C2.4.4",
          "C2.5",
          "C3.1.2",
          "C3.1.9",
          "C3.1.11",
          "C3.2.2",
          "C3.2.3",
          "C3.2.5",
          "C3.2.7",
          "C3.2.8",
          "C3.2.9",
          "C3.2.10",
          "C3.2.11",
          "C3.2.12",
          "C3.2.13",
          "C4.1.4",
          "C4.1.5",
          "C4.2",
          "C4.2.1",
          "C4.2.2",
          "C7.1",
          "C7.2.1",
          "C7.2.2",
          "C7.2.3",
          "C7.2.4",
          "C7.3",
          "C7.4",
          "C7.4.1",
          "C7.4.2",
          "C7.4.3",
          "C7.4.4",
          "C8.2",
          "C8.3",
          "C8.5",
          "C9",
          "C10",
          "C10.1",
          "C12.1",
          "C12.3");

  private AgreementRules() {}

  /**
   * The rule itself, if it is a clause of the agreement.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static RuleId known(RuleId rule) {
    if (!CLAUSES.contains(rule.value())) {
      throw new IllegalArgumentException(
          "rule must be a clause of the agreement such as C2.3, C8.2 or M2, not "
              + Quoted.of(rule.value()));
    }
    return rule;
  }
}
