package io.tollgate.support.web;

import java.util.Optional;

/**
 * Says what a technology's failures mean to the author of a request.
 *
 * <p>A bean of whatever brings the technology, so that HTTP need not know of databases.
 */
@FunctionalInterface
public interface FailureMeaning {

  /** The problem to answer with; empty when this failure is none that is known here. */
  Optional<ProblemException> of(Throwable failure);
}
