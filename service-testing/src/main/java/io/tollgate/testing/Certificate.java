package io.tollgate.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/**
 * A server's key and its self-signed certificate for 127.0.0.1, which is the authority that clients
 * trust; made anew by the JDK's {@code keytool}.
 *
 * @param keyStore both, as PKCS 12
 * @param password opens the key store
 * @param certificate the certificate as PEM
 * @param key the key as PEM, readable by its owner only
 */
public record Certificate(Path keyStore, String password, Path certificate, Path key) {

  private static final String ALIAS = "server";
  private static final String PASSWORD = "only-for-tests";

  /** Makes one. */
  public static Certificate make(Path directory, String name) {
    try {
      Path store = directory.resolve(name + ".p12");
      keytool(store);
      KeyStore read = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(store)) {
        read.load(in, PASSWORD.toCharArray());
      }
      Path certificate = directory.resolve(name + ".pem");
      Files.writeString(certificate, pem("CERTIFICATE", read.getCertificate(ALIAS).getEncoded()));
      Path key = directory.resolve(name + ".key");
      Files.createFile(
          key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(
          key, pem("PRIVATE KEY", read.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded()));
      return new Certificate(store, PASSWORD, certificate, key);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has PKCS 12", e);
    }
  }

  private static void keytool(Path store) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1",
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=Tollgate test",
                "-ext",
                "san=ip:127.0.0.1,dns:localhost",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .start();
    try (InputStream said = process.getInputStream()) {
      String text = new String(said.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IOException("keytool: " + text);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static String pem(String type, byte[] encoded) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(
            type, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded), type);
  }
}
