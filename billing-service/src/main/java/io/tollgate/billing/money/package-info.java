/**
 * What an account has, owes and pays, as pure rules: the order of deduction and of payment (C2.2,
 * section 4), the daily penalty (C2.3), and the recomputation of a past that changes.
 */
@NullMarked
package io.tollgate.billing.money;

import org.jspecify.annotations.NullMarked;
