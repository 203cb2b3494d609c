/**
 * What usage costs: a pure function of usage, counters and price versions (C2.1, C2.3.2).
 *
 * <p>Choices made here:
 *
 * <ul>
 *   <li>A counter belongs to (account, product, instance, meter): it counts per instance, and the
 *       dimensions of a meter share it. A price does not tell dimensions apart, so splitting the
 *       same usage by another dimension must not change what it costs.
 *   <li>Flat fee and minimum count per instance in service, for the same reason.
 *   <li>Tiers count what the free allowance left over.
 *   <li>A line is the difference of its counter's rounded totals, for cycle counters too: however a
 *       cycle is cut into windows, its lines add up to the rounded price of the whole.
 *   <li>Usage of a meter that its price version does not name is free, and still gets a line: every
 *       revision is billed exactly once.
 * </ul>
 *
 * <p>Example: 80 units under version 1 (up to 100 at 1), then 40 under version 2 (up to 100 at 2,
 * above at 1) cost 80 + 20 x 2 + 20 x 1 = 140.
 */
@NullMarked
package io.tollgate.billing.rating;

import org.jspecify.annotations.NullMarked;
