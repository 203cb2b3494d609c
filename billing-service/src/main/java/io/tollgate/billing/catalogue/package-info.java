/**
 * Products and their immutable, effective-dated price versions (C2.1).
 *
 * <p>A version starts on a billing-window boundary and is in force until the next one: there are no
 * gaps and no overlaps to be had, since only a later one can be added. What was free becomes
 * chargeable only behind an open gate (C2.5). Domain names and marketplace products cannot be sold
 * (M1).
 */
@NullMarked
package io.tollgate.billing.catalogue;

import org.jspecify.annotations.NullMarked;
