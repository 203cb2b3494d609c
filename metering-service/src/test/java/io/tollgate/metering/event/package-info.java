/** Posted usage events: their bytes, identity and values. */
@NullMarked
package io.tollgate.metering.event;

import org.jspecify.annotations.NullMarked;
