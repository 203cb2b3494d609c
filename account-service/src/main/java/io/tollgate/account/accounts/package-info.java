/** Billing accounts and what they owe, as far as their instances' life is concerned. */
@NullMarked
package io.tollgate.account.accounts;

import org.jspecify.annotations.NullMarked;
