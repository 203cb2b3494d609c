/** The Kafka Streams topology: counts once, totals, closes windows by ticks of the log. */
@NullMarked
package io.tollgate.metering.topology;

import org.jspecify.annotations.NullMarked;
