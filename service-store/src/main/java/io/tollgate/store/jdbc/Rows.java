package io.tollgate.store.jdbc;

/** Checks how many rows a statement changed: an unnoticed zero is a lost effect. */
public final class Rows {

  private Rows() {}

  /**
   * @throws UnexpectedRowsException unless exactly one row was changed
   */
  public static void expectOne(int affected, String what) {
    expect(1, affected, what);
  }

  /**
   * @throws UnexpectedRowsException unless exactly that many rows were changed
   */
  public static void expect(long expected, long affected, String what) {
    if (expected != affected) {
      throw new UnexpectedRowsException(
          "%s: expected %d changed rows, got %d".formatted(what, expected, affected));
    }
  }
}
