package io.tollgate.billing.catalogue;

/** Whether a price version may be added. */
sealed interface Admission {

  /** It may, at once. */
  record Admitted() implements Admission {}

  /**
   * It may when the gate of its notice is open.
   *
   * @param why what it makes chargeable, or less free: "makes ..."
   */
  record NeedsGate(String why) implements Admission {}

  /**
   * It may not.
   *
   * @param field the field that is wrong
   * @param reason why, for its author
   */
  record Refused(String field, String reason) implements Admission {}
}
