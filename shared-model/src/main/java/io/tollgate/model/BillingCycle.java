package io.tollgate.model;

/** How often a product's usage is billed and deducted (C2.3.2). */
public enum BillingCycle {
  HOUR(Granularity.HOUR),
  DAY(Granularity.DAY),
  MONTH(Granularity.DAY);

  private final Granularity granularity;

  BillingCycle(Granularity granularity) {
    this.granularity = granularity;
  }

  /** The usage windows such a product is billed from. */
  public Granularity granularity() {
    return granularity;
  }
}
