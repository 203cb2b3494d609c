/**
 * How time-driven work on many accounts runs: in one lane, in shards side by side, in batches that
 * fit into memory, and waited for by the watermark.
 */
@NullMarked
package io.tollgate.billing.sweep;

import org.jspecify.annotations.NullMarked;
