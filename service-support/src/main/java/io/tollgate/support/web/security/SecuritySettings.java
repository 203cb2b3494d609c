package io.tollgate.support.web.security;

import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Which tokens are accepted. Exactly one source of keys must be set.
 *
 * @param publicKey an RSA public key: PEM text, or the path of a PEM file
 * @param jwksUri where an issuer publishes its keys
 * @param issuerUri an OpenID Connect issuer
 * @param audience the audience a token must name, if set
 */
@ConfigurationProperties("tollgate.security")
public record SecuritySettings(
    Optional<String> publicKey,
    Optional<String> jwksUri,
    Optional<String> issuerUri,
    Optional<String> audience) {

  public SecuritySettings {
    publicKey = publicKey.filter(value -> !value.isBlank());
    jwksUri = jwksUri.filter(value -> !value.isBlank());
    issuerUri = issuerUri.filter(value -> !value.isBlank());
    audience = audience.filter(value -> !value.isBlank());
  }
}
