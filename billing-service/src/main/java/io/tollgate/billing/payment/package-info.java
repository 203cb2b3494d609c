/**
 * Recharges by Alipay, online banking and remittance, their confirmation and reversal, and the
 * credit limit (C2.2).
 */
@NullMarked
package io.tollgate.billing.payment;

import org.jspecify.annotations.NullMarked;
