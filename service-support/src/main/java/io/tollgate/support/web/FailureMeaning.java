package io.tollgate.support.web;

import java.util.Optional;

/**
 * Maps failures of a technology to problems.
 *
 * <p>The package that brings the technology provides a bean of this type, so that the web package
 * does not depend on it.
 */
@FunctionalInterface
public interface FailureMeaning {

  /** The problem to answer with; empty when this failure is none that is known here. */
  Optional<ProblemException> of(Throwable failure);
}
