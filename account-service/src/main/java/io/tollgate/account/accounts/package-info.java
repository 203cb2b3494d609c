/** Billing accounts and their debt, as far as the lifecycle of their instances needs it. */
@NullMarked
package io.tollgate.account.accounts;

import org.jspecify.annotations.NullMarked;
