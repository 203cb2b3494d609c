/** Transactions that are retried whole, COPY, checked row counts, and what a failure means. */
@NullMarked
package io.tollgate.store.jdbc;

import org.jspecify.annotations.NullMarked;
