package io.tollgate.store.webhook;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;

/**
 * An Ed25519 key of an endpoint: its receiver verifies messages with the public half and could not
 * sign any itself.
 *
 * @param privateKey signs
 * @param publicKey {@code whpk_} and the raw key in base64
 */
record SigningKeyPair(SigningKey privateKey, String publicKey) {

  private static final String PUBLIC_PREFIX = "whpk_";

  /** An encoded public key ends with the raw one. */
  private static final int RAW_BYTES = 32;

  /** A new key. */
  static SigningKeyPair generate() {
    try {
      KeyPair pair = KeyPairGenerator.getInstance(SigningKey.ALGORITHM).generateKeyPair();
      byte[] encoded = pair.getPublic().getEncoded();
      byte[] raw = Arrays.copyOfRange(encoded, encoded.length - RAW_BYTES, encoded.length);
      Base64.Encoder base64 = Base64.getEncoder();
      return new SigningKeyPair(
          new SigningKey(base64.encodeToString(pair.getPrivate().getEncoded())),
          PUBLIC_PREFIX + base64.encodeToString(raw));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has Ed25519", e);
    }
  }
}
