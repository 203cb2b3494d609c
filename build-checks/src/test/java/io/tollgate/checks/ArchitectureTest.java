package io.tollgate.checks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.MethodCallTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Module boundaries, dependencies between packages, and the one clock. */
class ArchitectureTest {

  private static final String[] DATABASE = {
    "java.sql..",
    "javax.sql..",
    "org.springframework.jdbc..",
    "org.springframework.dao..",
    "org.springframework.transaction..",
    "org.flywaydb..",
    "org.postgresql..",
    "io.tollgate.store.."
  };

  /** Wall clocks. {@code System.nanoTime} measures durations and is free. */
  private static final Map<String, Set<String>> WALL_CLOCKS =
      Map.of(
          "java.time.Instant", Set.of("now"),
          "java.time.LocalDate", Set.of("now"),
          "java.time.LocalDateTime", Set.of("now"),
          "java.time.OffsetDateTime", Set.of("now"),
          "java.time.ZonedDateTime", Set.of("now"),
          "java.time.YearMonth", Set.of("now"),
          "java.time.Clock", Set.of("systemUTC", "systemDefaultZone", "system"),
          "java.time.InstantSource", Set.of("system"),
          "java.lang.System", Set.of("currentTimeMillis"));

  /**
   * Who may read a wall clock: the business clock itself, and what mints tokens, which expire by
   * it.
   */
  private static final String[] CLOCK_READERS = {
    "io.tollgate.support.time", "io.tollgate.standalone", "io.tollgate.testing"
  };

  /** The command line: its demo is a command, and uses what all commands use. */
  private static final String PROGRAM = "io.tollgate.standalone";

  /** Every package is a slice of its own, apart from its subpackages. */
  private static final SliceAssignment PACKAGES =
      new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
          String name = type.getPackageName();
          if (name.startsWith(PROGRAM)) {
            return SliceIdentifier.of(PROGRAM);
          }
          return name.startsWith("io.tollgate.")
              ? SliceIdentifier.of(name)
              : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
          return "single packages";
        }
      };

  @Test
  void modulesHaveNoCycles() {
    slices().matching("io.tollgate.(*)..").should().beFreeOfCycles().check(MainClasses.ALL);
  }

  @Test
  void featuresHaveNoCycles() {
    slices().matching("io.tollgate.(*).(*)..").should().beFreeOfCycles().check(MainClasses.ALL);
  }

  /** Includes the root package of each module. */
  @Test
  void packagesHaveNoCycles() {
    slices().assignedFrom(PACKAGES).should().beFreeOfCycles().check(MainClasses.ALL);
  }

  @Test
  void servicesMeetOnlyInEventsAndHttp() {
    for (String service : SourceTree.SERVICES) {
      String[] others =
          SourceTree.SERVICES.stream()
              .filter(other -> !other.equals(service))
              .map(other -> "io.tollgate." + other + "..")
              .toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage("io.tollgate." + service + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(others)
          .because("a service owns its data; services share nothing but shared-model")
          .allowEmptyShould(true)
          .check(MainClasses.ALL);
    }
  }

  @Test
  void servicesRunWithoutTheEmbeddedServers() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.tollgate.model..",
            "io.tollgate.support..",
            "io.tollgate.store..",
            "io.tollgate.metering..",
            "io.tollgate.billing..",
            "io.tollgate.account..",
            "io.tollgate.notification..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.tollgate.embedded..", "io.tollgate.standalone..", "io.tollgate.client..")
        .because("the same code runs against other endpoints; embedding is standalone's choice")
        .check(MainClasses.ALL);
  }

  @Test
  void sharedModelKnowsNoFramework() {
    noClasses()
        .that()
        .resideInAPackage("io.tollgate.model..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.springframework..",
            "org.apache.kafka..",
            "java.sql..",
            "javax.sql..",
            "java.net.http..",
            "io.tollgate.support..",
            "io.tollgate.store..")
        .check(MainClasses.ALL);
  }

  @Test
  void whatMeteringInheritsHasNoDatabase() {
    noClasses()
        .that()
        .resideInAnyPackage("io.tollgate.support..", "io.tollgate.metering..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(DATABASE)
        .because("metering keeps its state in Kafka; what needs PostgreSQL is in service-store")
        .check(MainClasses.ALL);
  }

  @Test
  void nothingButTheBusinessClockReadsAWallClock() {
    noClasses()
        .that()
        .resideOutsideOfPackages(CLOCK_READERS)
        .should()
        .callMethodWhere(readsAWallClock())
        .because("time comes from BusinessClock, which a test can drive")
        .check(MainClasses.ALL);
  }

  private static DescribedPredicate<JavaMethodCall> readsAWallClock() {
    return DescribedPredicate.describe(
        "reads a wall clock",
        call -> {
          MethodCallTarget target = call.getTarget();
          return WALL_CLOCKS
                  .getOrDefault(target.getOwner().getName(), Set.of())
                  .contains(target.getName())
              && target.getRawParameterTypes().stream()
                  .noneMatch(type -> type.getName().equals("java.time.Clock"));
        });
  }
}
