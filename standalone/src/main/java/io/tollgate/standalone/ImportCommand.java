package io.tollgate.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.client.Answer;
import io.tollgate.client.ServiceClient;
import io.tollgate.client.metering.MeteringClient;
import io.tollgate.client.metering.UsageEvent;
import io.tollgate.standalone.imports.CloudWatchCsv;
import io.tollgate.standalone.imports.OpenStackUsage;
import io.tollgate.standalone.imports.PrometheusMatrix;
import io.tollgate.standalone.imports.UnreadableExportException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Posts other systems' measurements as usage events. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = {
      "Posts measurements of other systems as usage events, as a platform.",
      "The ids of the events are stable: importing again counts nothing twice."
    },
    subcommands = {
      ImportCommand.CloudWatch.class,
      ImportCommand.Prometheus.class,
      ImportCommand.OpenStack.class
    })
final class ImportCommand implements Callable<Integer> {

  private static final int EVENTS_PER_POST = 1_000;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    if (spec != null) {
      spec.commandLine().usage(spec.commandLine().getOut());
    }
    return ExitCode.USAGE;
  }

  /** Where events go to. */
  static final class Target {

    @Mixin private DirectoryOption data = new DirectoryOption();

    @Option(
        names = "--platform",
        paramLabel = "NAME",
        description = "The platform that posts them (default: demo).")
    private @Nullable String platform;

    int post(@Nullable CommandSpec spec, Supplier<List<UsageEvent>> reading) {
      MeteringClient metering =
          Api.of(data.directory(), data.running())
              .asPlatform(Optional.ofNullable(platform))
              .metering();
      List<UsageEvent> events = read(reading);
      for (int from = 0; from < events.size(); from += EVENTS_PER_POST) {
        metering.post(events.subList(from, Math.min(events.size(), from + EVENTS_PER_POST)));
      }
      Output.line(Output.of(spec), events.size() + " events posted");
      return ExitCode.DONE;
    }

    private static List<UsageEvent> read(Supplier<List<UsageEvent>> reading) {
      try {
        return reading.get();
      } catch (UnreadableExportException e) {
        throw new CommandException("The export cannot be read: " + e.getMessage());
      }
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new CommandException("there is no file " + file);
    } catch (IOException e) {
      throw new CommandException("%s cannot be read: %s".formatted(file, e.getMessage()));
    }
  }

  /** A metric exported from CloudWatch. */
  @Command(
      name = "cloudwatch",
      mixinStandardHelpOptions = true,
      description =
          "Posts a metric of one instance from a CSV file (timestamp,value). The data of the events"
              + " is {\"value\": ...}.")
  static final class CloudWatch implements Callable<Integer> {

    @Mixin private Target target = new Target();

    @Parameters(paramLabel = "FILE", description = "The CSV file.")
    private Path file = Path.of("");

    @Option(names = "--instance", paramLabel = "ID", required = true, description = "The instance.")
    private String instance = "";

    @Option(
        names = "--type",
        paramLabel = "TYPE",
        required = true,
        description = "The type of the events, which a meter counts.")
    private String type = "";

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
      return target.post(spec, () -> new CloudWatchCsv(instance, type).read(text(file)));
    }
  }

  /** The answer of Prometheus to a range query. */
  @Command(
      name = "prometheus",
      mixinStandardHelpOptions = true,
      description = {
        "Posts the result of a Prometheus range query. The query has to give what was used in each"
            + " step, e.g. increase(node_network_transmit_bytes_total[5m]) with --step PT5M.",
        "The data of the events is the value, as 'value', and the labels."
      })
  static final class Prometheus implements Callable<Integer> {

    @Mixin private Target target = new Target();

    @Parameters(paramLabel = "URL", description = "Where Prometheus is.")
    private URI url = URI.create("");

    @Option(names = "--query", paramLabel = "PROMQL", required = true, description = "The query.")
    private String query = "";

    @Option(
        names = "--from",
        paramLabel = "INSTANT",
        required = true,
        description = "The first step.")
    private Instant from = Instant.EPOCH;

    @Option(names = "--to", paramLabel = "INSTANT", required = true, description = "The last step.")
    private Instant to = Instant.EPOCH;

    @Option(
        names = "--step",
        paramLabel = "DURATION",
        defaultValue = "PT5M",
        description = "Length of a step (default: ${DEFAULT-VALUE}).")
    private Duration step = Duration.ofMinutes(5);

    @Option(
        names = "--instance-label",
        paramLabel = "LABEL",
        defaultValue = "instance",
        description = "The label that names the instance (default: ${DEFAULT-VALUE}).")
    private String label = "instance";

    @Option(
        names = "--type",
        paramLabel = "TYPE",
        required = true,
        description = "The type of the events, which a meter counts.")
    private String type = "";

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
      return target.post(spec, () -> new PrometheusMatrix(query, label, type).read(answer()));
    }

    private String answer() {
      String path =
          "/api/v1/query_range?query=%s&start=%s&end=%s&step=%d"
              .formatted(URLEncoder.encode(query, UTF_8), from, to, step.toSeconds());
      URI base = URI.create(url.toString().replaceFirst("/+$", ""));
      Answer answer = ServiceClient.of(base, "").get(path);
      if (answer.status() == 0) {
        throw new CommandException("Prometheus cannot be read: " + answer.text());
      }
      return answer.text();
    }
  }

  /** Usage records of OpenStack. */
  @Command(
      name = "openstack",
      mixinStandardHelpOptions = true,
      description = {
        "Posts usage records of OpenStack: Ceilometer samples, or CloudKitty's data frames (v2).",
        "The type of an event is openstack.<meter>; its data has 'value', 'unit' and 'project'."
      })
  static final class OpenStack implements Callable<Integer> {

    @Mixin private Target target = new Target();

    @Parameters(paramLabel = "FILE", description = "The JSON file.")
    private Path file = Path.of("");

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
      return target.post(spec, () -> OpenStackUsage.read(text(file)));
    }
  }
}
