/** Kafka consumers whose position lives in the database they write to. */
@NullMarked
package io.tollgate.store.consumer;

import org.jspecify.annotations.NullMarked;
