package io.tollgate.store.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;

/**
 * An Ed25519 key of an endpoint (Standard Webhooks v1a): its receiver verifies messages with the
 * public half and could not sign any itself.
 *
 * @param privateKey PKCS #8 in base64; never shown
 * @param publicKey {@code whpk_} and the raw key in base64
 */
record SigningKeyPair(String privateKey, String publicKey) {

  private static final String ALGORITHM = "Ed25519";
  private static final String PUBLIC_PREFIX = "whpk_";

  /** An encoded public key ends with the raw one. */
  private static final int RAW_BYTES = 32;

  /** A new key. */
  static SigningKeyPair generate() {
    try {
      KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
      byte[] encoded = pair.getPublic().getEncoded();
      byte[] raw = Arrays.copyOfRange(encoded, encoded.length - RAW_BYTES, encoded.length);
      Base64.Encoder base64 = Base64.getEncoder();
      return new SigningKeyPair(
          base64.encodeToString(pair.getPrivate().getEncoded()),
          PUBLIC_PREFIX + base64.encodeToString(raw));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has Ed25519", e);
    }
  }

  String sign(String content) {
    try {
      byte[] key = Base64.getDecoder().decode(privateKey);
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(
          KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(key)));
      signature.update(content.getBytes(UTF_8));
      return "v1a," + Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a stored key signs", e);
    }
  }

  /** Without the private key, so that it cannot reach a log by accident. */
  @Override
  public String toString() {
    return "SigningKeyPair[" + publicKey + "]";
  }
}
