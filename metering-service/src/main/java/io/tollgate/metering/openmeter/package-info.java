/**
 * What OpenMeter's published clients ask for: meters, usage and raw events in their shapes, next to
 * our own routes.
 */
@NullMarked
package io.tollgate.metering.openmeter;

import org.jspecify.annotations.NullMarked;
