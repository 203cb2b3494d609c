package io.tollgate.store.testing;

import io.tollgate.store.recovery.Recovery;
import io.tollgate.store.recovery.ServiceDatabase;
import io.tollgate.testing.SharedInfrastructure;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is done to databases while no service runs on them. */
public final class Stopped {

  private Stopped() {}

  /** The database of a service that writes a topic. */
  public static ServiceDatabase database(String service, String topic, String database) {
    return open(service, Set.of(topic), database);
  }

  /** The database of a service that only reads. */
  public static ServiceDatabase reader(String service, String database) {
    return open(service, Set.of(), database);
  }

  private static ServiceDatabase open(String service, Set<String> topics, String database) {
    var server = SharedInfrastructure.database();
    return ServiceDatabase.open(
        service, topics, server.jdbcUrl(database), server.username(), server.password());
  }

  /** A recovery of these databases; closes them. */
  public static Recovery recovery(ServiceDatabase... databases) {
    return new Recovery(
        List.of(databases), SharedInfrastructure.kafka().bootstrapServers(), Map.of());
  }

  /** A copy of a database as it is now, which knows that it is not the one it was. */
  public static String copy(String database) {
    String copy = SharedInfrastructure.copyOf(database);
    execute(copy, "update outbox_epoch set system_identifier = 'another'");
    return copy;
  }

  /** Changes a database. */
  public static void execute(String database, String sql) {
    try (Connection connection = SharedInfrastructure.database().connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
