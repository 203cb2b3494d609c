/**
 * The only way from PostgreSQL to Kafka: rows in the business transaction, one fenced relay per
 * service.
 */
@NullMarked
package io.tollgate.support.outbox;

import org.jspecify.annotations.NullMarked;
