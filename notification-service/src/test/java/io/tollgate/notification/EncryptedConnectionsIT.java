package io.tollgate.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.tollgate.testing.Certificate;
import io.tollgate.testing.SharedInfrastructure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.mail.autoconfigure.MailSenderAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.mail.SimpleMailMessage;
import org.springframework.mail.javamail.JavaMailSender;

/**
 * The service's own configuration, with what docs/security.md says of encryption, against a
 * database and a mail server that are reached in no other way. Kafka is in metering's
 * EncryptedKafkaIT.
 */
@Tag("embedded")
class EncryptedConnectionsIT {

  @TempDir static Path directory;
  private static final String DATABASE = SharedInfrastructure.freshDatabase();
  private static Certificate right;
  private static Certificate wrong;
  private static GreenMail mails;
  private static Path hostRules;
  private static String openRules;

  /** Nothing but the connections. */
  @ImportAutoConfiguration({
    SslAutoConfiguration.class,
    DataSourceAutoConfiguration.class,
    MailSenderAutoConfiguration.class
  })
  static class Connections {}

  @BeforeAll
  static void start() throws Exception {
    right = Certificate.make(directory, "right");
    wrong = Certificate.make(directory, "wrong");
    hostRules = Path.of(administer("SHOW hba_file"));
    openRules = Files.readString(hostRules);
    Files.writeString(hostRules, "hostnossl " + DATABASE + " all all reject\n" + openRules);
    administer("alter system set ssl_cert_file = '" + right.certificate() + "'");
    administer("alter system set ssl_key_file = '" + right.key() + "'");
    administer("alter system set ssl = on");
    administer("select pg_reload_conf()");

    System.setProperty("greenmail.tls.keystore.file", right.keyStore().toString());
    System.setProperty("greenmail.tls.keystore.password", right.password());
    mails = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS));
    mails.setUser("tollgate", "mail-password-of-tests");
    mails.start();
  }

  @AfterAll
  static void stop() throws Exception {
    mails.stop();
    Files.writeString(hostRules, openRules);
    administer("alter system reset ssl");
    administer("select pg_reload_conf()");
  }

  private static String administer(String sql) throws SQLException {
    try (Connection connection = SharedInfrastructure.database().connect("postgres");
        Statement statement = connection.createStatement()) {
      return statement.execute(sql) ? first(statement) : "";
    }
  }

  private static String first(Statement statement) throws SQLException {
    try (ResultSet rows = statement.getResultSet()) {
      return rows.next() ? rows.getString(1) : "";
    }
  }

  private static ConfigurableApplicationContext connections(String... settings) {
    return connections(mails.getSmtps().getPort(), settings);
  }

  private static ConfigurableApplicationContext connections(int smtp, String... settings) {
    var server = SharedInfrastructure.database();
    List<String> all =
        new ArrayList<>(
            List.of(
                "spring.config.name=notification",
                "spring.datasource.username=" + server.username(),
                "spring.datasource.password=" + server.password(),
                "spring.datasource.hikari.initialization-fail-timeout=-1",
                "spring.datasource.hikari.connection-timeout=2000",
                "spring.mail.port=" + smtp,
                "spring.mail.username=tollgate",
                "spring.mail.password=mail-password-of-tests"));
    all.addAll(List.of(settings));
    return new SpringApplicationBuilder(Connections.class)
        .web(WebApplicationType.NONE)
        .registerShutdownHook(false)
        .run(all.stream().map(setting -> "--" + setting).toArray(String[]::new));
  }

  private static String database(String parameters) {
    return "spring.datasource.url="
        + SharedInfrastructure.database().jdbcUrl(DATABASE)
        + parameters;
  }

  private static String verified(Certificate trusted) {
    return database("?sslmode=verify-full&sslrootcert=" + trusted.certificate());
  }

  private static String[] mail(Certificate trusted) {
    return new String[] {
      "spring.mail.ssl.enabled=true",
      "spring.mail.ssl.bundle=mail",
      "spring.ssl.bundle.pem.mail.truststore.certificate=file:" + trusted.certificate()
    };
  }

  private static String query(ConfigurableApplicationContext context, String sql)
      throws SQLException {
    try (Connection connection = context.getBean(DataSource.class).getConnection();
        Statement statement = connection.createStatement()) {
      assertThat(statement.execute(sql)).isTrue();
      return first(statement);
    }
  }

  @Test
  void theDatabaseIsReachedEncryptedAndByItsCertificateOnly() throws SQLException {
    String inUse = "select version from pg_stat_ssl where pid = pg_backend_pid() and ssl";
    try (ConfigurableApplicationContext context = connections(verified(right))) {
      assertThat(query(context, inUse)).startsWith("TLSv1.");
    }
    try (ConfigurableApplicationContext context = connections(verified(wrong))) {
      assertThatThrownBy(() -> query(context, inUse)).hasStackTraceContaining("PKIX path");
    }
    try (ConfigurableApplicationContext context = connections(database("?sslmode=disable"))) {
      assertThatThrownBy(() -> query(context, inUse)).hasStackTraceContaining("no encryption");
    }
  }

  @Test
  void mailIsHandedOverEncryptedAndToItsCertificateOnly() {
    SimpleMailMessage mail = new SimpleMailMessage();
    mail.setFrom("billing@tollgate.example");
    mail.setTo("ann@example.com");
    mail.setSubject("over TLS");
    mail.setText("hello");
    try (ConfigurableApplicationContext context = connections(mail(right))) {
      context.getBean(JavaMailSender.class).send(mail);
    }
    assertThat(mails.getReceivedMessages()).hasSize(1);
    try (ConfigurableApplicationContext context = connections(mail(wrong))) {
      assertThatThrownBy(() -> context.getBean(JavaMailSender.class).send(mail))
          .hasStackTraceContaining("PKIX path");
    }
    try (ConfigurableApplicationContext context =
        connections("spring.mail.properties.mail.smtp.timeout=1000")) {
      assertThatThrownBy(() -> context.getBean(JavaMailSender.class).send(mail));
    }
    assertThat(mails.getReceivedMessages()).hasSize(1);
  }

  /** A server that only pretends to encrypt gets no mail, and no password. */
  @Test
  void aMailServerWithoutStartTlsIsRefusedWhereItIsRequired() {
    GreenMail open = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    open.start();
    try (ConfigurableApplicationContext context =
        connections(
            open.getSmtp().getPort(),
            "spring.mail.properties.mail.smtp.starttls.enable=true",
            "spring.mail.properties.mail.smtp.starttls.required=true")) {
      SimpleMailMessage mail = new SimpleMailMessage();
      mail.setTo("ann@example.com");
      assertThatThrownBy(() -> context.getBean(JavaMailSender.class).send(mail))
          .hasStackTraceContaining("STARTTLS is required");
      assertThat(open.getReceivedMessages()).isEmpty();
    } finally {
      open.stop();
    }
  }
}
