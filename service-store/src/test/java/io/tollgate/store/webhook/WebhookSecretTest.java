package io.tollgate.store.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.api.Test;

class WebhookSecretTest {

  private static String of(int bytes) {
    return "whsec_" + Base64.getEncoder().encodeToString(new byte[bytes]);
  }

  @Test
  void a24To64ByteSecretInBase64IsTaken() {
    assertThat(WebhookSecret.fault("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")).isEmpty();
    assertThat(WebhookSecret.fault(of(24))).isEmpty();
    assertThat(WebhookSecret.fault(of(64))).isEmpty();
    assertThat(WebhookSecret.fault(of(25).replace("=", ""))).isEmpty();
  }

  @Test
  void anyOtherIsRefusedByItsReason() {
    assertThat(WebhookSecret.fault("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
        .contains("does not begin with whsec_");
    assertThat(WebhookSecret.fault("whsec_!!!!"))
        .contains("has characters after whsec_ that base64 does not have");
    assertThat(WebhookSecret.fault("whsec_MfKQ9r8GKYqrTwjU\nPD8ILPZIo2LaLaSw"))
        .contains("contains a space, a line break or a control character");
    assertThat(WebhookSecret.fault("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw "))
        .contains("contains a space, a line break or a control character");
    assertThat(WebhookSecret.fault("whsec_MfKQ9r8GKYqr_wjU-D8ILPZIo2LaLaSw"))
        .contains("is base64url ('-' and '_'); Standard Webhooks has base64 ('+' and '/')");
    assertThat(WebhookSecret.fault("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwA"))
        .contains("is base64 that is cut off or wrongly padded");
    assertThat(WebhookSecret.fault("whsec_")).contains("has 0 bytes; 24 to 64 are allowed");
    assertThat(WebhookSecret.fault(of(23))).contains("has 23 bytes; 24 to 64 are allowed");
    assertThat(WebhookSecret.fault(of(65))).contains("has 65 bytes; 24 to 64 are allowed");
  }
}
