package io.tollgate.e2e.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.tollgate.e2e.testing.Cloud;
import io.tollgate.e2e.testing.OnSharedCloud;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Measurements of other systems are imported, twice, and charged once. */
@OnSharedCloud
class ImportIT {

  private static final String NAME = "imported";
  private static final String OPENSTACK = "openstack.instance";

  @Test
  void whatIsImportedTwiceIsChargedOnce(Cloud cloud, @TempDir Path directory) throws IOException {
    LocalDate day = cloud.freshDay();
    cloud.meter(NAME, "SUM", day + "T00:00");
    cloud.meter("imported-openstack", OPENSTACK, "SUM", day + "T00:00");
    cloud.product(NAME, "HOUR");
    var unused =
        cloud.price(
            NAME,
            day + "T00:00",
            """
            'meters':[{'meter':'imported','model':{'kind':'PER_UNIT','unitPrice':'0.01'}},
                      {'meter':'imported-openstack','model':{'kind':'PER_UNIT','unitPrice':'1'}}]\
            """);
    cloud.open(NAME, NAME);
    cloud.deployment().settle();
    Instant at = cloud.at(day + "T00:30");

    for (int time = 0; time < 2; time++) {
      assertThat(cloudWatch(cloud, directory, at)).isEqualTo("2 events posted\n");
      assertThat(prometheus(cloud, at)).isEqualTo("1 events posted\n");
      assertThat(openStack(cloud, directory, at)).isEqualTo("1 events posted\n");
    }
    cloud.advanceTo(day + "T01:00");

    // 100 + 20 of CloudWatch and 3 of Prometheus at 0.01, and 2 of OpenStack at 1.
    assertThat(cloud.amounts(NAME)).containsExactly("1.230000", "2.000000");
  }

  private static String cloudWatch(Cloud cloud, Path directory, Instant at) throws IOException {
    Path file = directory.resolve("metric.csv");
    Files.writeString(file, "timestamp,value\n%s,100\n%s,20\n".formatted(at, at.plusSeconds(300)));
    return cloud
        .deployment()
        .command(
            "import",
            "cloudwatch",
            file.toAbsolutePath().toString(),
            "--instance",
            NAME,
            "--type",
            NAME);
  }

  private static String prometheus(Cloud cloud, Instant at) throws IOException {
    List<String> queries = new CopyOnWriteArrayList<>();
    HttpServer prometheus =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    prometheus.createContext(
        "/api/v1/query_range",
        exchange -> {
          queries.add(exchange.getRequestURI().getQuery());
          byte[] answer =
              """
              {"status":"success","data":{"resultType":"matrix","result":[
                {"metric":{"instance":"imported"},"values":[[%d,"3"]]}]}}\
              """
                  .formatted(at.getEpochSecond())
                  .getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    prometheus.start();
    try {
      String said =
          cloud
              .deployment()
              .command(
                  "import",
                  "prometheus",
                  "http://127.0.0.1:" + prometheus.getAddress().getPort(),
                  "--query",
                  "increase(x[5m])",
                  "--from",
                  at.toString(),
                  "--to",
                  at.toString(),
                  "--type",
                  NAME);
      assertThat(queries)
          .containsExactly("query=increase(x[5m])&start=%s&end=%s&step=300".formatted(at, at));
      return said;
    } finally {
      prometheus.stop(0);
    }
  }

  private static String openStack(Cloud cloud, Path directory, Instant at) throws IOException {
    Path file = directory.resolve("samples.json");
    Files.writeString(
        file,
        """
        [{"message_id":"5460acce-4fd6-480d-ab18-9735ec7b1996","counter_name":"instance",
          "counter_unit":"instance","counter_volume":2,"project_id":"p-1","resource_id":"%s",
          "timestamp":"%s"}]
        """
            .formatted(NAME, at.toString().replace("Z", "")));
    return cloud.deployment().command("import", "openstack", file.toAbsolutePath().toString());
  }
}
