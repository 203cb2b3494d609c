/**
 * What an account has, owes and pays, as pure rules (C2.2, C2.3): deduction, allocation of money,
 * the daily penalty, and the recomputation of all of it when the past turns out to be different.
 */
@NullMarked
package io.tollgate.billing.money;

import org.jspecify.annotations.NullMarked;
