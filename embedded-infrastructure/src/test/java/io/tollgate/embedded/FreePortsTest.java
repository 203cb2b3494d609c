package io.tollgate.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FreePortsTest {

  @Test
  void portsDifferCanBeOpenedAndAreNoneThatOutgoingConnectionsGet() throws Exception {
    List<Integer> ports = FreePorts.take(16);
    assertThat(new HashSet<>(ports)).hasSize(16).allMatch(port -> port < 32_768);
    for (int port : ports) {
      try (ServerSocket opened = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        assertThat(opened.getLocalPort()).isEqualTo(port);
      }
    }
  }

  /** Two deployments that start side by side once could have met on a port. */
  @Test
  void aRowHasNoPortOfAnotherRowAndNoneThatIsTakenSingly() {
    List<Integer> rows =
        IntStream.range(0, 20)
            .map(row -> FreePorts.row(4, 1_000))
            .flatMap(first -> IntStream.range(first, first + 4))
            .flatMap(port -> IntStream.of(port, port + 1_000))
            .boxed()
            .toList();
    assertThat(rows).doesNotHaveDuplicates().doesNotContainAnyElementsOf(FreePorts.take(1_000));
  }
}
