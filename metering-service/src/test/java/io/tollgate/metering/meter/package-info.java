/** Meters: versions, what prices need of them, and who may write. */
@NullMarked
package io.tollgate.metering.meter;

import org.jspecify.annotations.NullMarked;
