/** Transactions that are retried whole, COPY, and checked row counts. */
@NullMarked
package io.tollgate.support.jdbc;

import org.jspecify.annotations.NullMarked;
