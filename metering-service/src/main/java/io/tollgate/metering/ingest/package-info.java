/** HTTP in: usage events, acknowledged once the broker has them. */
@NullMarked
package io.tollgate.metering.ingest;

import org.jspecify.annotations.NullMarked;
