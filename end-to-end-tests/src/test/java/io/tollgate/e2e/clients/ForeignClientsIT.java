package io.tollgate.e2e.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tollgate.e2e.testing.Cloud;
import io.tollgate.e2e.testing.ForeignProgram;
import io.tollgate.e2e.testing.SharedCloud;
import io.tollgate.standalone.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The published CloudEvents and OpenMeter packages for JavaScript post usage that is charged. */
@ExtendWith(SharedCloud.class)
class ForeignClientsIT {

  private static final String METER = "foreign-units";
  private static final Path SOURCES = Path.of("src", "test", "node");
  private static final Path INSTALLED = Path.of("target", "node");

  /** 1 in binary and 20 in structured mode, 300 alone and 4000, posted twice, in a batch. */
  @Test
  void eventsOfUnchangedClientsBecomeUsageAndABill(Cloud cloud) throws IOException {
    assumeTrue(ForeignProgram.isInstalled("node"), "node is not installed");
    assumeTrue(ForeignProgram.isInstalled("npm"), "npm is not installed");
    install();
    LocalDate day = cloud.freshDay();
    cloud.meter(METER, "SUM", day + "T00:00");
    cloud.product("foreign", "HOUR");
    var unused =
        cloud.price(
            "foreign",
            day + "T00:00",
            Cloud.priced(METER, "{'kind':'PER_UNIT','unitPrice':'0.01'}", "CYCLE"));
    cloud.open("foreign", "foreign");
    cloud.deployment().settle();

    String printed =
        ForeignProgram.run(
            INSTALLED,
            List.of(
                "node",
                "post.mjs",
                cloud.deployment().url(Service.METERING).toString(),
                cloud.deployment().platformToken(Cloud.PLATFORM),
                "foreign",
                METER,
                cloud.at(day + "T00:30").toString()));
    assertThat(printed).isEmpty();
    cloud.advanceTo(day + "T01:00");

    assertThat(cloud.usage("foreign", "granularity=HOUR"))
        .singleElement()
        .satisfies(
            usage -> {
              assertThat(usage.at("/quantity").asString()).isEqualTo("4321");
              assertThat(usage.at("/eventCount").asInt()).isEqualTo(4);
            });
    assertThat(cloud.amounts("foreign")).containsExactly("43.210000");
  }

  private static void install() throws IOException {
    Files.createDirectories(INSTALLED);
    for (String file : List.of("package.json", "package-lock.json", "post.mjs")) {
      Files.copy(
          SOURCES.resolve(file), INSTALLED.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    String unused =
        ForeignProgram.run(
            INSTALLED,
            List.of(
                "npm",
                "ci",
                "--ignore-scripts",
                "--no-audit",
                "--no-fund",
                "--prefer-offline",
                "--loglevel=error"));
  }
}
