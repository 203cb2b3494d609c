/**
 * The only way from PostgreSQL to Kafka: rows in the business transaction, one fenced relay per
 * service. What was numbered and is neither published nor waiting turns the audit red.
 */
@NullMarked
package io.tollgate.store.outbox;

import org.jspecify.annotations.NullMarked;
