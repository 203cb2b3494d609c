/**
 * Tells customers that their balance is low, or will be at the pace of the last days, before they
 * are in arrears (C2.2, C7.3). What open cycles have come to counts as if it were deducted.
 */
@NullMarked
package io.tollgate.billing.lowbalance;

import org.jspecify.annotations.NullMarked;
