/**
 * What usage costs: a pure function of usage, counters and price versions (C2.1, C2.3.2).
 *
 * <p>Choices made here:
 *
 * <ul>
 *   <li>A counter belongs to an account's product and meter: all its instances share it, unless the
 *       price says that each has its own ({@link io.tollgate.billing.rating.CountedPer}). Within a
 *       window instances count in the order of their ids. The dimensions of a meter always share a
 *       counter: splitting the same usage by another dimension must not change what it costs.
 *   <li>A flat fee is one of each instance in service. A minimum is topped up once for the account,
 *       over the days on which any instance was in service, or per instance, as the price counts.
 *   <li>While an instance is suspended and the product does not charge that, it bears no fee and no
 *       minimum: days count on which it was in service and not suspended for at least an instant. A
 *       window of usage costs nothing when it lies in the suspension from start to end. One that
 *       the suspension cuts is charged as counted: a total cannot be divided, and a suspended
 *       instance uses nothing.
 *   <li>Tiers count what the free allowance left over.
 *   <li>A line is the difference of its counter's rounded totals, for cycle counters too: however a
 *       cycle is cut into windows, its lines add up to the rounded price of the whole.
 *   <li>Usage of a meter that its price version does not name gets a line of nothing, marked
 *       UNPRICED and reported: every revision is billed exactly once. What is meant to be included
 *       has a price of 0.
 * </ul>
 *
 * <p>Example: 80 units under version 1 (up to 100 at 1), then 40 under version 2 (up to 100 at 2,
 * above at 1) cost 80 + 20 x 2 + 20 x 1 = 140.
 */
@NullMarked
package io.tollgate.billing.rating;

import org.jspecify.annotations.NullMarked;
