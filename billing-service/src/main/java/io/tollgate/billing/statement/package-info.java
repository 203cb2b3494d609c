/**
 * What an account is shown of its money, and why it was charged: every line down to usage revision,
 * price version and split (section 15).
 */
@NullMarked
package io.tollgate.billing.statement;

import org.jspecify.annotations.NullMarked;
