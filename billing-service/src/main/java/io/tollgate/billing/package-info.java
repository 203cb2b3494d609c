/** Rates usage, keeps the ledger, collects what is owed. */
@NullMarked
package io.tollgate.billing;

import org.jspecify.annotations.NullMarked;
