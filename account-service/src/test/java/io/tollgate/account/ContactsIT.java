package io.tollgate.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.account.testing.Accounts;
import io.tollgate.model.AccountId;
import io.tollgate.model.InstanceId;
import io.tollgate.model.PlatformId;
import io.tollgate.model.ProductId;
import io.tollgate.model.event.ContactRecord;
import io.tollgate.model.event.InstanceRecord;
import io.tollgate.model.event.Topics;
import io.tollgate.testing.Wire;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Contacts: what they may be, and how their topic has them, also when states are told again. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContactsIT {

  private Accounts service;

  @BeforeAll
  void start(@TempDir Path directory) {
    service = Accounts.start(directory);
  }

  @AfterAll
  void stop() {
    service.close();
  }

  @Test
  void contactsGoToOneTopicAndLeaveATombstone() {
    service.open("contacted");
    assertThat(service.contacts("contacted", "Ann", "ann@example.org").text("/version"))
        .isEqualTo("1");
    assertThat(service.contacts("contacted", "Ann", "ann@example.org").text("/version"))
        .isEqualTo("1");
    assertThat(service.contacts("contacted", "Ann", "ann@example.net").text("/version"))
        .isEqualTo("2");
    assertThat(service.contacts("contacted", "Ann", "not an address").status()).isEqualTo(400);
    assertThat(service.customer("contacted").delete("/v1/accounts/contacted/contacts").status())
        .isEqualTo(204);
    assertThat(service.customer("contacted").get("/v1/accounts/contacted/contacts").status())
        .isEqualTo(404);
    service.settle();
    var records = Wire.records(Topics.CONTACTS, "contacted");
    assertThat(records).hasSize(3);
    assertThat(ContactRecord.CODEC.decode(records.get(1).value()).orElseThrow().data().emails())
        .containsExactly("ann@example.net");
    assertThat(records.getLast().value()).isNull();
    assertThat(service.operator().get("/v1/accounts/contacted/audit-trail").body().toString())
        .contains("contacts changed")
        .doesNotContain("example");
  }

  /** One rule for contact and mailer: what is kept here can be written to. */
  @Test
  void anAddressThatCannotBeWrittenToIsRefusedByItsPlaceAndFault() {
    service.open("mailed");
    assertThat(service.contacts("mailed", "Ann", "ok@example.org','a..b@x.org").text("/detail"))
        .endsWith("emails[1]: \"a..b@x.org\": two dots in a row before the @");
    assertThat(service.contacts("mailed", "Ann", "a@example.org ").text("/detail"))
        .endsWith("emails[0]: \"a@example.org \": a blank at the end");
    assertThat(service.contacts("mailed", "Ann", "a\\r\\nBcc: b@x.org").text("/detail"))
        .endsWith("emails[0]: \"a\\u000d\\u000aBcc: b@x.org\": a control or invisible character");
    assertThat(service.contacts("mailed", "Ann\\r\\nBcc: b@x.org", "a@example.org").text("/detail"))
        .startsWith("name: must not have line breaks or control characters: ");
    String twentyOne = String.join("','", Collections.nCopies(21, "a@example.org"));
    assertThat(service.contacts("mailed", "Ann", twentyOne).text("/detail"))
        .endsWith("emails: must be at most 20 addresses, not 21");
    var kept = service.contacts("mailed", "Ann", "用户@例子.公司','čapek@example.org");
    assertThat(kept.status()).isEqualTo(200);
    assertThat(kept.text("/emails/0")).isEqualTo("用户@例子.公司");
    assertThat(
            service
                .contacts("mailed", "Ann", "Ann@EXAMPLE.com','Ann@example.com','ann@example.com")
                .body()
                .at("/emails")
                .toString())
        .isEqualTo("[\"Ann@EXAMPLE.com\",\"ann@example.com\"]");
  }

  /** After a restore a topic may say of a key what the database does not know. */
  @Test
  void statesAreToldAgainAsTheDatabaseHasThem() {
    service.open("restored");
    service.register("restored", "vm-restored", "compute");
    var unused = service.contacts("restored", "Ann", "ann@example.org");
    service
        .service()
        .bean(JdbcClient.class)
        .sql(
            """
            insert into state_to_tell (topic, record_key)
            values ('account.instances', '!no identifier'), ('account.instances', 'vm-restored'),
                   ('account.instances', 'vm-unknown'),
                   ('contacts', 'restored'), ('contacts', 'unknown')
            """)
        .update();
    service.settle();

    assertThat(Wire.records(Topics.ACCOUNT_INSTANCES, "vm-restored"))
        .extracting(record -> InstanceRecord.CODEC.decode(record.value()).orElseThrow().data())
        .hasSize(2)
        .containsOnly(instanceOf("restored", "vm-restored"));
    assertThat(Wire.records(Topics.CONTACTS, "restored"))
        .extracting(
            record -> ContactRecord.CODEC.decode(record.value()).orElseThrow().data().version())
        .containsExactly(1L, 1_000_001L);
    assertThat(Wire.records(Topics.ACCOUNT_INSTANCES, "vm-unknown"))
        .singleElement()
        .satisfies(record -> assertThat(record.value()).isNull());
    assertThat(Wire.records(Topics.CONTACTS, "unknown"))
        .singleElement()
        .satisfies(record -> assertThat(record.value()).isNull());
  }

  /** It quoted the row, and what is thrown may be logged. */
  @Test
  void whatTheDatabaseRefusesIsThrownWithoutItsRow() {
    var insert =
        service
            .service()
            .bean(JdbcClient.class)
            .sql("insert into contact (account, version, emails) values (?, 0, array[?])")
            .params("nobody", "nobody@example.org");
    assertThatThrownBy(insert::update)
        .rootCause()
        .hasMessageContaining("violates check constraint")
        .hasMessageNotContaining("nobody@example.org");
  }

  private static InstanceRecord instanceOf(String account, String instance) {
    return new InstanceRecord(
        InstanceId.of(instance),
        AccountId.of(account),
        ProductId.of("vm"),
        PlatformId.of("compute"),
        "small",
        InstanceRecord.BillingMode.PAY_AS_YOU_GO,
        Accounts.START,
        Optional.empty(),
        List.of());
  }
}
