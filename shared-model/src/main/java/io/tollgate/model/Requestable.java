package io.tollgate.model;

/**
 * A closed set of values of which a request may name only some: the others are for the services to
 * set. What refuses a value lists only those that it would take.
 */
public interface Requestable {

  /** Whether a request may name this value. */
  boolean isRequestable();
}
