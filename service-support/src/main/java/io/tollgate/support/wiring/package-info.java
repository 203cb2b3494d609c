/**
 * The configuration that a service imports to get business time, Kafka, metrics and the audit.
 *
 * <p>It depends on the packages it wires together, and none of them depends on it.
 */
@NullMarked
package io.tollgate.support.wiring;

import org.jspecify.annotations.NullMarked;
