package io.tollgate.support.failure;

/**
 * Distinguishes failures of the infrastructure, which pass and are retried, from failures caused by
 * data, which would recur forever.
 *
 * <p>Which failures belong to the infrastructure depends on the service: one with a database has a
 * bean that knows its SQL states, all others use Kafka's classification.
 */
@FunctionalInterface
public interface InfrastructureFailures {

  /** Whether trying the same again later may succeed without anybody changing the data. */
  boolean include(Throwable failure);
}
