package io.tollgate.support.messaging;

import io.tollgate.support.ServiceIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * The id by which a Kafka group recognizes this instance after a restart: created once and kept in
 * the data directory. The first record after a restart then takes a second instead of a session
 * timeout.
 */
final class InstanceIds {

  private final ServiceIdentity identity;

  InstanceIds(ServiceIdentity identity) {
    this.identity = identity;
  }

  String instanceId() {
    Path file =
        identity
            .dataDirectory()
            .resolve(identity.service() + "-" + identity.instance() + ".instance-id");
    try {
      if (!Files.exists(file)) {
        write(file, identity.named(identity.instance() + "-" + UUID.randomUUID()));
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("the instance id cannot be stored in " + file, e);
    }
  }

  private void write(Path file, String id) throws IOException {
    Files.createDirectories(identity.dataDirectory());
    Path fresh = Files.createTempFile(identity.dataDirectory(), "instance", ".tmp");
    Files.writeString(fresh, id);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
