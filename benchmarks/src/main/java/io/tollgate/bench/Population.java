package io.tollgate.bench;

/**
 * Who uses what in a run: accounts with the same number of instances, instances with the same
 * meters.
 *
 * @param prefix of the names of accounts and instances; populations of a system differ in it
 * @param accounts how many
 * @param instances of each account
 * @param meters of each instance; also the lines of an instance in a bill
 */
record Population(String prefix, int accounts, int instances, int meters) {

  /** Before every number, so that all have as many digits and no name is the start of another. */
  private static final int FIRST = 10_000_000;

  Population {
    if (accounts < 1 || instances < 1 || meters < 1) {
      throw new IllegalArgumentException(
          "at least one of each: %d x %d x %d".formatted(accounts, instances, meters));
    }
  }

  /** Lines of an hour's bill of an account that used everything. */
  int linesPerBill() {
    return instances * meters;
  }

  /** How many pairs of instance and meter there are: the lines of an hour. */
  int series() {
    return accounts * linesPerBill();
  }

  String account(int number) {
    return prefix + '-' + (FIRST + number);
  }

  /** An account's instance. */
  String instance(int account, int number) {
    return account(account) + '-' + number;
  }

  /** The instance of an event: accounts in turn, then their instances, then the meters. */
  String instanceOf(int event) {
    return instance(event % accounts, event / accounts % instances);
  }

  /** The meter of an event, from 0. */
  int meterOf(int event) {
    return event / accounts / instances % meters;
  }

  String inWords() {
    return "%,d accounts x %d instances x %d meters".formatted(accounts, instances, meters);
  }
}
