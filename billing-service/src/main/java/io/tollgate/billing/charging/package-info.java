/**
 * Turns complete cycles into bills, and billed cycles whose usage changed into adjustments (C2.3.2,
 * section 4).
 */
@NullMarked
package io.tollgate.billing.charging;

import org.jspecify.annotations.NullMarked;
