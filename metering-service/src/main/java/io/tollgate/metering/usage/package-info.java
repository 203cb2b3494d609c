/** What was used: queries of the running totals. */
@NullMarked
package io.tollgate.metering.usage;

import org.jspecify.annotations.NullMarked;
