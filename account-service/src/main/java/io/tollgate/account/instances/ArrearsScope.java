package io.tollgate.account.instances;

/** What an unpaid bill suspends (section 6, choice). */
enum ArrearsScope {
  /** The pay-as-you-go instances of the product owed for. */
  PRODUCT,
  /** All pay-as-you-go instances of the account. */
  ACCOUNT
}
