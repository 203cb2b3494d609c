/**
 * Brings a restored database and Kafka, which was not restored, together again (docs/adr/0011).
 *
 * <p>While no service runs, {@link io.tollgate.store.recovery.Recovery} decides of every record
 * behind the restored positions whether its writer still knows it. What it does not know is passed
 * over by all readers and can be listed; states of keys are told again by their writer once it
 * runs.
 */
@NullMarked
package io.tollgate.store.recovery;

import org.jspecify.annotations.NullMarked;
