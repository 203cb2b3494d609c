package io.tollgate.account;

import static io.tollgate.testing.TamperedAudit.tampering;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.account.testing.Accounts;
import io.tollgate.model.event.AccountEvent.CommandKind;
import io.tollgate.model.event.Topics;
import io.tollgate.testing.TamperedAudit;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The audit turns red for each invariant of instances, holds and commands. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditIT {

  private Accounts service;

  @BeforeAll
  void start(@TempDir Path directory) {
    service = Accounts.start(directory);
  }

  @AfterAll
  void stop() {
    service.close();
  }

  /** One instance runs, one is suspended, one is restricted. */
  @TestFactory
  Stream<DynamicTest> eachInvariantIsSeenToBreak() {
    service.open("audited");
    for (String instance : List.of("vm-runs", "vm-held", "vm-limited")) {
      service.register("audited", instance, "compute");
    }
    hold("vm-held", "'cause':'ATTACK'");
    hold("vm-limited", "'cause':'BEYOND_SPECIFICATION','effect':'RESTRICT'");
    service.settle();
    return TamperedAudit.tests(
        service.service(),
        Topics.ACCOUNT_EVENTS,
        List.of(
            tampering(
                "instance-state-follows-causes",
                "vm-runs",
                "update instance set state = 'IN_ARREARS' where instance = 'vm-runs'"),
            tampering(
                "instance-debt-is-the-accounts",
                "vm-held",
                "update instance set debt_due_at = registered_at where instance = 'vm-held'"),
            tampering(
                "holds-are-what-was-placed",
                "vm-held",
                "update instance set holds = '{ATTACK,VIOLATION}' where instance = 'vm-held'"),
            tampering(
                "newest-command-is-the-state",
                "vm-held",
                "update command set kind = 'RESUME' where instance = 'vm-held' and kind ="
                    + " 'SUSPEND'"),
            tampering(
                "newest-limit-is-what-holds-say",
                "vm-limited",
                "update command set kind = 'UNRESTRICT'"
                    + " where instance = 'vm-limited' and kind = 'RESTRICT'")));
  }

  /** A kind that a migration forgot would be refused only when the first one is issued. */
  @Test
  void theTablesAllowEveryKindOfCommand() {
    String checks =
        service
            .service()
            .bean(JdbcClient.class)
            .sql(
                """
                select string_agg(pg_get_constraintdef(oid), ' ') from pg_constraint
                 where conrelid = 'command'::regclass and contype = 'c'
                """)
            .query(String.class)
            .single();
    assertThat(Arrays.stream(CommandKind.values()))
        .allSatisfy(kind -> assertThat(checks).contains("'%s'::text".formatted(kind)));
  }

  private void hold(String instance, String cause) {
    var unused =
        service
            .operator()
            .post(
                "/v1/instances/" + instance + "/holds", "{" + cause + ",'reason':'to be audited'}");
  }
}
