/** Metering: usage events in, hourly and daily usage out. */
@NullMarked
package io.tollgate.metering;

import org.jspecify.annotations.NullMarked;
