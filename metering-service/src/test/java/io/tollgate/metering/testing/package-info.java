/** A running metering service for the tests. */
@NullMarked
package io.tollgate.metering.testing;

import org.jspecify.annotations.NullMarked;
