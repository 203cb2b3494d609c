package io.tollgate.standalone;

import io.tollgate.client.Answer;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description =
        "Shows the health and clock of each service, its pending work, and work that was set aside"
            + " because an account's data makes it fail.")
final class StatusCommand implements Callable<Integer> {

  @Mixin private DirectoryOption data = new DirectoryOption();
  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    DataDirectory directory = data.directory();
    RunningProcess process = data.running();
    PrintWriter out = Output.of(spec);
    Output.line(
        out,
        "process %d, %s clock, zone %s"
            .formatted(process.pid(), process.testClock() ? "test" : "system", process.zone()));
    boolean healthy = true;
    Api api = Api.of(directory, process);
    for (Service service : Service.values()) {
      Answer health = api.health(service);
      healthy &= health.ok();
      Output.line(
          out,
          "%-13s %-5s %s"
              .formatted(
                  service.label(),
                  health.body().path("status").asString("DOWN"),
                  clock(api, service)));
    }
    SetAsideReport.lines(api).forEach(line -> Output.line(out, line));
    return healthy ? ExitCode.DONE : ExitCode.FAILED;
  }

  private static String clock(Api api, Service service) {
    Answer answer = api.get(service, "/v1/clock");
    if (!answer.ok()) {
      return "clock: " + answer.inWords();
    }
    StringBuilder text = new StringBuilder(answer.body().path("now").asString(""));
    if (answer.body().path("settled").asBoolean(false)) {
      return text.append("  settled").toString();
    }
    for (JsonNode laggard : answer.body().path("laggards")) {
      text.append("%n%22s%s: %s".formatted("", laggard.path("what"), laggard.path("detail")));
    }
    return text.toString();
  }
}
