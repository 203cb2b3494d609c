/** What a service that keeps its state in PostgreSQL needs beyond {@code io.tollgate.support}. */
@NullMarked
package io.tollgate.store;

import org.jspecify.annotations.NullMarked;
