package io.tollgate.store.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/**
 * The private half of an Ed25519 key (Standard Webhooks v1a); never shown.
 *
 * @param encoded PKCS #8 in base64
 */
record SigningKey(String encoded) {

  static final String ALGORITHM = "Ed25519";

  /** The signature of a content, with its version. */
  String sign(String content) {
    try {
      byte[] key = Base64.getDecoder().decode(encoded);
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(
          KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(key)));
      signature.update(content.getBytes(UTF_8));
      return "v1a," + Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a stored key signs", e);
    }
  }

  /** Without the key, so that it cannot reach a log by accident. */
  @Override
  public String toString() {
    return "SigningKey[...]";
  }
}
