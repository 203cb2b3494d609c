/** Posted usage events: their bytes, identity and values. */
@NullMarked
package io.tollgate.metering.meter;

import org.jspecify.annotations.NullMarked;
