package io.tollgate.bench;

import java.util.Optional;

/** A figure of ours and what it is held against. */
record Comparison(Figure ours, Optional<Figure> limit) {

  static Comparison of(Figure ours, Figure limit) {
    return new Comparison(ours, Optional.of(limit));
  }

  static Comparison alone(Figure ours) {
    return new Comparison(ours, Optional.empty());
  }
}
