package io.tollgate.support.web.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.tollgate.model.AccountId;
import io.tollgate.support.web.Caller.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateCrtKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Issues tokens for deployments without an identity provider: standalone and the tests.
 *
 * <p>The signing key is created once and stored in a directory, readable by its owner only.
 */
public final class TokenMinter {

  private static final int KEY_BITS = 2048;

  private final RSAPrivateCrtKey key;
  private final InstantSource machineTime;

  private TokenMinter(RSAPrivateCrtKey key, InstantSource machineTime) {
    this.key = key;
    this.machineTime = machineTime;
  }

  /**
   * A minter with the key of a directory, made when there is none.
   *
   * @param machineTime tokens expire by the machine's time, not by the business clock
   */
  public static TokenMinter of(Path directory, InstantSource machineTime) {
    try {
      Path file = directory.resolve("signing-key.pem");
      if (!Files.exists(file)) {
        Files.createDirectories(directory);
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(KEY_BITS);
        Files.writeString(
            file,
            PemKeys.pem("PRIVATE KEY", generator.generateKeyPair().getPrivate().getEncoded()));
      }
      return new TokenMinter(PemKeys.privateKey(Files.readString(file)), machineTime);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot store the signing key in " + directory, e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has RSA", e);
    }
  }

  /** What services need to check the tokens. */
  public String publicKeyPem() {
    return PemKeys.pem("PUBLIC KEY", PemKeys.publicKeyOf(key).getEncoded());
  }

  /** A token. */
  public String mint(
      String subject,
      Role role,
      Optional<AccountId> account,
      List<String> scopes,
      Duration validity) {
    java.time.Instant now = machineTime.instant();
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .subject(subject)
            .claim("roles", List.of(role.name().toLowerCase(Locale.ROOT)))
            .claim("scope", String.join(" ", scopes))
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(validity)));
    account.ifPresent(id -> claims.claim("account", id.value()));
    try {
      SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.RS256), claims.build());
      token.sign(new RSASSASigner(key));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException("cannot sign a token", e);
    }
  }

  /** A platform's token. */
  public String platform(String platform, Duration validity) {
    return mint(platform, Role.PLATFORM, Optional.empty(), List.of(), validity);
  }

  /** An operator's token. */
  public String operator(String subject, List<String> scopes, Duration validity) {
    return mint(subject, Role.OPERATOR, Optional.empty(), scopes, validity);
  }

  /** A token of a customer of an account. */
  public String customer(String subject, AccountId account, Duration validity) {
    return mint(subject, Role.CUSTOMER, Optional.of(account), List.of(), validity);
  }

  /** A token that reads the numbers of services, and nothing else. */
  public String monitor(Duration validity) {
    return mint("monitor", Role.MONITOR, Optional.empty(), List.of(), validity);
  }
}
