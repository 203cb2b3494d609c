/** Voids, amendments and additions, with reason and author. */
@NullMarked
package io.tollgate.metering.correction;

import org.jspecify.annotations.NullMarked;
