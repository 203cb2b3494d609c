package io.tollgate.account.accounts;

import io.tollgate.support.messaging.KafkaSettings;
import io.tollgate.support.messaging.KeyPartition;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Gives accounts that were opened by an earlier version their partition; SQL can't compute it. */
@Component
class PartitionsOfAccounts implements JavaMigration {

  private final int partitions;

  PartitionsOfAccounts(KafkaSettings kafka) {
    this.partitions = kafka.partitions();
  }

  @Override
  public MigrationVersion getVersion() {
    return MigrationVersion.fromVersion("1.21");
  }

  @Override
  public String getDescription() {
    return "partitions of accounts";
  }

  @Override
  public @Nullable Integer getChecksum() {
    return null;
  }

  @Override
  public boolean canExecuteInTransaction() {
    return true;
  }

  @Override
  public void migrate(Context context) throws SQLException {
    try (PreparedStatement update =
        context
            .getConnection()
            .prepareStatement("update account set partition = ? where account = ?")) {
      for (String account : accounts(context)) {
        update.setInt(1, KeyPartition.of(account, partitions));
        update.setString(2, account);
        update.addBatch();
      }
      update.executeBatch();
    }
  }

  private static List<String> accounts(Context context) throws SQLException {
    List<String> accounts = new ArrayList<>();
    try (PreparedStatement select =
            context
                .getConnection()
                .prepareStatement("select account from account where partition is null");
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        accounts.add(rows.getString(1));
      }
    }
    return accounts;
  }
}
