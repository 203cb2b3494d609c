package io.tollgate.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Measurements as JSON, with every round. */
final class ResultFile {

  private ResultFile() {}

  static String json(Machine machine, List<Measurement> measurements) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("date", machine.date().toString());
    document.put("cores", machine.cores());
    document.put("processor", machine.processor());
    document.put("memoryMb", machine.memoryMb());
    document.put("system", machine.system());
    document.put("jdk", machine.jdk());
    document.put("measurements", measurements.stream().map(ResultFile::fields).toList());
    return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(document);
  }

  private static Map<String, Object> fields(Measurement each) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("figure", each.figure());
    fields.put("what", each.what());
    fields.put("unit", each.unit());
    fields.put("median", each.ours().median());
    fields.put("rounds", each.ours().values());
    each.limit()
        .ifPresent(
            limit -> {
              fields.put("limit", limit.what());
              fields.put("limitMedian", limit.rounds().median());
              fields.put("limitRounds", limit.rounds().values());
            });
    each.ratio().ifPresent(ratio -> fields.put("ratio", ratio));
    each.goal().ifPresent(goal -> fields.put("goal", goal.sign() + " " + goal.value()));
    each.goalRatio().ifPresent(goal -> fields.put("goalRatio", goal.sign() + " " + goal.value()));
    each.reached().ifPresent(reached -> fields.put("reached", reached));
    fields.put("notes", each.notes());
    return fields;
  }
}
