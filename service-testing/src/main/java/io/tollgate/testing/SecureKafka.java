package io.tollgate.testing;

import io.tollgate.embedded.EmbeddedKafka.SecureListener;
import io.tollgate.embedded.FreePorts;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** A listener of a broker that encrypts and asks for a password, and how clients reach it. */
public final class SecureKafka {

  private static final String USER = "tollgate";
  private static final String PASSWORD = "kafka-password-of-tests";

  private SecureKafka() {}

  /** A listener on a free port. */
  public static SecureListener listener(Certificate certificate) {
    return new SecureListener(
        FreePorts.one(), certificate.keyStore(), certificate.password(), USER, PASSWORD);
  }

  /** What a service has to set to connect to it. */
  public static Map<String, String> settings(SecureListener listener, Path trusted) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("tollgate.kafka.bootstrap-servers", listener.bootstrapServers());
    security(trusted, listener.password())
        .forEach((name, value) -> settings.put("tollgate.kafka.security." + name, value));
    return settings;
  }

  /** Security properties of a client. */
  public static Map<String, String> security(Path trusted, String password) {
    return Map.of(
        "security.protocol",
        "SASL_SSL",
        "sasl.mechanism",
        "PLAIN",
        "sasl.jaas.config",
        "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\" password=\"%s\";"
            .formatted(USER, password),
        "ssl.truststore.type",
        "PEM",
        "ssl.truststore.location",
        trusted.toString());
  }
}
