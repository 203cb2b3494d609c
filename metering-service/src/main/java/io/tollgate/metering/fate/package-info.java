/** What became of posted events: for the platforms that posted them, and for operators. */
@NullMarked
package io.tollgate.metering.fate;

import org.jspecify.annotations.NullMarked;
