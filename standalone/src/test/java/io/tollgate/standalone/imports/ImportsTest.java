package io.tollgate.standalone.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.client.metering.UsageEvent;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What other systems export becomes events whose ids stay the same. */
class ImportsTest {

  private static final String MATRIX =
      """
      {"status":"success","data":{"resultType":"matrix","result":[
        {"metric":{"instance":"vm-1","zone":"a"},
         "values":[[1711929600,"12.5"],[1711929900.5,"NaN"],[1711930200,"1e3"]]}]}}
      """;

  @Test
  void rowsOfCloudWatchBecomeEvents() {
    CloudWatchCsv csv = new CloudWatchCsv("vm-1", "net.in");
    List<UsageEvent> events =
        csv.read("timestamp,value\n2014-04-01 00:05:00,42.5\n\"2014-04-01T00:10:00Z\",1E+3\n\n");
    assertThat(events).hasSize(2);
    assertThat(events.getFirst().time()).isEqualTo(Instant.parse("2014-04-01T00:05:00Z"));
    assertThat(events.getFirst().data()).isEqualTo(Map.of("value", new BigDecimal("42.5")));
    assertThat(events.getLast().time()).isEqualTo(Instant.parse("2014-04-01T00:10:00Z"));
    assertThat(csv.read("timestamp,value\n2014-04-01 00:05:00,7\n").getFirst().id())
        .as("the id of the same time, however the file begins")
        .isEqualTo(events.getFirst().id())
        .isNotEqualTo(events.getLast().id());
    assertThatThrownBy(() -> csv.read("timestamp,value\n2014-04-01 00:05:00\n"))
        .hasMessage("line 2: '2014-04-01 00:05:00' is not timestamp,value");
    assertThatThrownBy(() -> csv.read("timestamp,value\nyesterday,1\n"))
        .hasMessage("line 2: 'yesterday,1' is not a time and a number");
  }

  @Test
  void samplesOfPrometheusBecomeEventsWithTheirLabels() {
    PrometheusMatrix matrix = new PrometheusMatrix("increase(x[5m])", "instance", "net.out");
    List<UsageEvent> events = matrix.read(MATRIX);
    assertThat(events).hasSize(2).isEqualTo(matrix.read(MATRIX));
    assertThat(events.getFirst().subject()).isEqualTo("vm-1");
    assertThat(events.getFirst().time()).isEqualTo(Instant.parse("2024-04-01T00:00:00Z"));
    assertThat(events.getFirst().data())
        .isEqualTo(Map.of("value", new BigDecimal("12.5"), "instance", "vm-1", "zone", "a"));
    assertThat(new PrometheusMatrix("other", "instance", "net.out").read(MATRIX).getFirst().id())
        .isNotEqualTo(events.getFirst().id());
    assertThatThrownBy(() -> new PrometheusMatrix("q", "vm", "t").read(MATRIX))
        .hasMessage("the series {instance=vm-1, zone=a} has no label 'vm'");
    assertThatThrownBy(() -> matrix.read("{\"status\":\"error\",\"error\":\"parse error\"}"))
        .hasMessage("Prometheus answered: parse error");
    assertThatThrownBy(() -> matrix.read("<html>")).hasMessageContaining("not JSON");
  }

  @Test
  void recordsOfOpenStackBecomeEvents() {
    List<UsageEvent> samples =
        OpenStackUsage.read(
            """
            [{"message_id":"5460acce-4fd6-480d-ab18-9735ec7b1996","counter_name":"network.outgoing.bytes",
              "counter_type":"cumulative","counter_unit":"B","counter_volume":3140,"project_id":"p-1",
              "resource_id":"vm-1","timestamp":"2024-04-01T00:05:00"}]
            """);
    assertThat(samples)
        .containsExactly(
            new UsageEvent(
                "5460acce-4fd6-480d-ab18-9735ec7b1996",
                "ceilometer",
                "openstack.network.outgoing.bytes",
                "vm-1",
                Instant.parse("2024-04-01T00:05:00Z"),
                Map.of("value", new BigDecimal("3140"), "unit", "B", "project", "p-1")));
    String frames =
        """
        {"total":1,"dataframes":[{"period":{"begin":"2024-04-01T00:00:00+00:00","end":"2024-04-01T01:00:00+00:00"},
          "usage":{"instance":[{"vol":{"unit":"instance","qty":1.0},"rating":{"price":2.5},
            "groupby":{"id":"vm-1","project_id":"p-1"},"metadata":{"flavor":"m1.small"}}]}}]}
        """;
    UsageEvent point = OpenStackUsage.read(frames).getFirst();
    assertThat(point.type()).isEqualTo("openstack.instance");
    assertThat(point.time()).isEqualTo(Instant.parse("2024-04-01T00:00:00Z"));
    assertThat(point.id()).isEqualTo(OpenStackUsage.read(frames).getFirst().id());
    assertThatThrownBy(() -> OpenStackUsage.read("{}")).hasMessageContaining("neither");
    assertThatThrownBy(() -> OpenStackUsage.read("[{\"message_id\":\"1\"}]"))
        .hasMessageContaining("'counter_name' is missing");
  }
}
