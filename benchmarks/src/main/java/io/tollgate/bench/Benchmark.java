package io.tollgate.bench;

import java.util.List;
import java.util.Set;

/** Figures that are measured together, on a system started for them. */
interface Benchmark {

  /** The ids of its figures. */
  Set<String> figures();

  /** Measures; when it returns, the system is at rest. */
  List<Comparison> run(RunningSystem system) throws Exception;
}
