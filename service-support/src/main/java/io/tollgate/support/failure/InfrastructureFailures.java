package io.tollgate.support.failure;

/**
 * Tells a failure of the infrastructure, which passes and is tried again, from one of the data,
 * which would come again for ever.
 *
 * <p>Which failures those are depends on what a service stands on: one with a database has a bean
 * that knows its states, all others go by Kafka's.
 */
@FunctionalInterface
public interface InfrastructureFailures {

  /** Whether trying the same again later may succeed without anybody changing the data. */
  boolean include(Throwable failure);
}
