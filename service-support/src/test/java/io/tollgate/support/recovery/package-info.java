/** A database that lies behind Kafka goes on without what it does not know. */
@NullMarked
package io.tollgate.support.recovery;

import org.jspecify.annotations.NullMarked;
