/**
 * Measures ingest, aggregation and charging of the running system, each beside its limit measured
 * in the same run. The load comes from this process, the system runs in another.
 */
@NullMarked
package io.tollgate.bench;

import org.jspecify.annotations.NullMarked;
