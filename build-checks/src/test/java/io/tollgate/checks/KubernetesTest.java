package io.tollgate.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * ops/kubernetes, rendered as a deployment would apply it, consists of objects that Kubernetes
 * knows and keeps what docs/deploying.md promises.
 *
 * <p>Rendered by kubectl, which {@code .ci/run} fetches where it is missing; skipped without.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KubernetesTest {

  private static final String MODEL = "io.fabric8.kubernetes.api.model";
  private static final Set<String> SERVICES =
      Set.of("metering", "billing", "account", "notification");

  private final SourceTree tree = SourceTree.ofThisProject();
  private List<HasMetadata> objects = List.of();

  @BeforeAll
  void render(@TempDir Path directory) throws IOException, InterruptedException {
    Path kubectl = kubectl();
    Path source = tree.root().resolve("ops/kubernetes");
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = directory.resolve(source.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
    Path secrets = Files.createDirectories(directory.resolve("example/secrets"));
    for (String secret :
        List.of(
            "public-key.pem", "billing-password", "account-password", "notification-password")) {
      Files.writeString(secrets.resolve(secret), secret);
    }
    KubernetesSerialization kubernetes = new KubernetesSerialization();
    objects =
        Arrays.stream(rendered(kubectl, directory.resolve("example")).split("(?m)^---$"))
            .map(document -> kubernetes.unmarshal(document, HasMetadata.class))
            .toList();
  }

  private Path kubectl() {
    String path = System.getenv("PATH") + ":" + tree.root().resolve("target/ci/kubectl");
    Path found =
        Arrays.stream(path.split(":"))
            .map(directory -> Path.of(directory, "kubectl"))
            .filter(Files::isExecutable)
            .findFirst()
            .orElse(Path.of(""));
    assumeTrue(found.isAbsolute(), "kubectl is not installed");
    return found;
  }

  private static String rendered(Path kubectl, Path directory)
      throws IOException, InterruptedException {
    Path errors = directory.resolve("errors");
    Process process =
        new ProcessBuilder(kubectl.toString(), "kustomize", directory.toString())
            .redirectError(errors.toFile())
            .start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
    return text;
  }

  private <T extends HasMetadata> List<T> all(Class<T> kind) {
    return objects.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private static Set<String> names(Collection<? extends HasMetadata> objects) {
    return objects.stream().map(each -> each.getMetadata().getName()).collect(Collectors.toSet());
  }

  @Test
  void everyFieldIsOneThatKubernetesKnows() {
    List<String> unknown = new ArrayList<>();
    objects.forEach(each -> collectUnknown(each, each.getKind(), unknown));

    assertThat(objects).hasSizeGreaterThan(15);
    assertThat(unknown).isEmpty();
  }

  /** What the API's types have no field for is kept apart by each of them. */
  private static void collectUnknown(Object node, String path, List<String> unknown) {
    if (node instanceof Collection<?> items) {
      items.forEach(item -> collectUnknown(item, path + "[]", unknown));
    } else if (node != null && node.getClass().getName().startsWith(MODEL)) {
      for (Method getter : node.getClass().getMethods()) {
        if (getter.getParameterCount() != 0 || !getter.getName().startsWith("get")) {
          continue;
        }
        Object value = valueOf(getter, node);
        if (getter.getName().equals("getAdditionalProperties")) {
          ((Map<?, ?>) value).keySet().forEach(name -> unknown.add(path + "." + name));
        } else {
          collectUnknown(value, path + "." + getter.getName().substring(3), unknown);
        }
      }
    }
  }

  private static Object valueOf(Method getter, Object node) {
    try {
      return getter.invoke(node);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + getter, e);
    }
  }

  @Test
  void everyServiceHasProbesLimitsItsOwnVolumeAndADisruptionBudget() {
    List<StatefulSet> services = all(StatefulSet.class);
    assertThat(names(services)).isEqualTo(SERVICES);
    assertThat(names(all(PodDisruptionBudget.class))).isEqualTo(SERVICES);
    for (StatefulSet service : services) {
      Container container = service.getSpec().getTemplate().getSpec().getContainers().getFirst();
      assertThat(container.getStartupProbe()).isNotNull();
      assertThat(container.getLivenessProbe()).isNotNull();
      assertThat(container.getReadinessProbe()).isNotNull();
      assertThat(service.getSpec().getVolumeClaimTemplates()).hasSize(1);
      assertThat(service.getSpec().getSelector().getMatchLabels().entrySet())
          .isSubsetOf(service.getSpec().getTemplate().getMetadata().getLabels().entrySet());
    }
  }

  /** Kafka knows an instance by its ordinal and its volume; no instance migrates. */
  @Test
  void instancesAreNamedByTheirOrdinalAndDoNotMigrate() {
    for (StatefulSet service : all(StatefulSet.class)) {
      Container container = service.getSpec().getTemplate().getSpec().getContainers().getFirst();
      assertThat(variable(container, "TOLLGATE_INSTANCE").getValueFrom().getFieldRef())
          .extracting(field -> field.getFieldPath())
          .isEqualTo("metadata.name");
      assertThat(variable(container, "SPRING_FLYWAY_ENABLED").getValue()).isEqualTo("false");
    }
    PodSpec migrations = all(Job.class).getFirst().getSpec().getTemplate().getSpec();
    assertThat(containers(migrations).map(each -> each.getCommand().getLast()))
        .containsExactlyInAnyOrder("billing", "account", "notification");
  }

  private static EnvVar variable(Container container, String name) {
    return container.getEnv().stream()
        .filter(each -> each.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Stream<Container> containers(PodSpec pod) {
    return Stream.concat(pod.getInitContainers().stream(), pod.getContainers().stream());
  }

  private Stream<PodSpec> pods() {
    return Stream.concat(
        all(StatefulSet.class).stream().map(each -> each.getSpec().getTemplate().getSpec()),
        all(Job.class).stream().map(each -> each.getSpec().getTemplate().getSpec()));
  }

  @Test
  void everyContainerIsLockedDownAndLimited() {
    assertThat(pods()).hasSize(SERVICES.size() + 1);
    pods()
        .forEach(
            pod -> {
              assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
              assertThat(pod.getAutomountServiceAccountToken()).isFalse();
              containers(pod)
                  .forEach(
                      container -> {
                        var security = container.getSecurityContext();
                        assertThat(security.getReadOnlyRootFilesystem()).isTrue();
                        assertThat(security.getAllowPrivilegeEscalation()).isFalse();
                        assertThat(security.getCapabilities().getDrop()).containsExactly("ALL");
                        assertThat(container.getResources().getLimits().keySet())
                            .containsExactlyInAnyOrder("cpu", "memory");
                        assertThat(container.getImage()).matches("tollgate/[a-z]+:[0-9.]+");
                      });
            });
  }

  @Test
  void everySecretAndSettingThatIsReferredToExists() {
    Set<String> referred = new TreeSet<>();
    pods()
        .forEach(
            pod -> {
              pod.getVolumes().stream()
                  .filter(volume -> volume.getSecret() != null)
                  .forEach(volume -> referred.add(volume.getSecret().getSecretName()));
              containers(pod)
                  .forEach(
                      container -> {
                        container
                            .getEnvFrom()
                            .forEach(from -> referred.add(from.getConfigMapRef().getName()));
                        container.getEnv().stream()
                            .map(EnvVar::getValueFrom)
                            .filter(from -> from != null)
                            .forEach(
                                from -> {
                                  if (from.getSecretKeyRef() != null) {
                                    referred.add(from.getSecretKeyRef().getName());
                                  }
                                  if (from.getConfigMapKeyRef() != null) {
                                    referred.add(from.getConfigMapKeyRef().getName());
                                  }
                                });
                      });
            });
    assertThat(referred).hasSize(4);
    assertThat(names(objects)).containsAll(referred);
  }
}
