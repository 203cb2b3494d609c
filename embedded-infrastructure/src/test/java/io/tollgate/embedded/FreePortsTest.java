package io.tollgate.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.List;
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
}
