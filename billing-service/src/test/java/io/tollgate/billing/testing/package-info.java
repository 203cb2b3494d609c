/** Runs the billing service for tests. */
@NullMarked
package io.tollgate.billing.testing;

import org.jspecify.annotations.NullMarked;
