package io.tollgate.account.reconciliation;

import io.tollgate.model.InstanceId;
import io.tollgate.support.web.Fields;
import io.tollgate.support.web.ProblemException;
import java.util.HashSet;
import java.util.List;

/**
 * What a platform says runs.
 *
 * @param instances what it knows, each once
 * @param complete whether it has nothing else: what is not named then does not run
 */
record Report(List<Line> instances, boolean complete) {

  private static final int MAX_LINES = 5_000;

  /**
   * One instance.
   *
   * @param running whether the platform lets it run
   */
  record Line(InstanceId instance, boolean running) {
    Line {
      instance = Fields.required("instance", instance);
    }
  }

  Report {
    Fields.noneMissing("instances", Fields.required("instances", instances));
    instances = List.copyOf(instances);
    if (instances.size() > MAX_LINES) {
      throw ProblemException.invalid("instances", "must be at most " + MAX_LINES);
    }
    if (new HashSet<>(instances.stream().map(Line::instance).toList()).size() != instances.size()) {
      throw ProblemException.invalid("instances", "must name each instance once");
    }
  }
}
