package io.tollgate.bench;

import java.util.List;
import java.util.Set;

/** Figures that are measured together. */
interface Benchmark {

  /** The ids of its figures. */
  Set<String> figures();

  /** Measures; every system it used was audited at rest. */
  List<Measurement> run(Systems systems) throws Exception;
}
