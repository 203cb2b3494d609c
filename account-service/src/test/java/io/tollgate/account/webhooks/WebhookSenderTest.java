package io.tollgate.account.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.timeout.ReadTimeoutException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

/** A platform was told the names of our exceptions. */
class WebhookSenderTest {

  @Test
  void aPlatformIsToldWhatWentWrongInWords() {
    assertThat(WebhookSender.failed(new TimeoutException())).isEqualTo("failed: no answer in time");
    assertThat(WebhookSender.failed(ReadTimeoutException.INSTANCE))
        .isEqualTo("failed: no answer in time");
    assertThat(WebhookSender.failed(new ConnectTimeoutException("10 ms")))
        .isEqualTo("failed: no connection in time");
    assertThat(WebhookSender.failed(new ConnectException("refused")))
        .isEqualTo("failed: the connection was refused");
    assertThat(WebhookSender.failed(new UnknownHostException("x")))
        .isEqualTo("failed: the host name is unknown");
    assertThat(WebhookSender.failed(new SSLHandshakeException("expired")))
        .isEqualTo("failed: no TLS connection, or no trusted certificate");
    assertThat(WebhookSender.failed(new IllegalStateException()))
        .isEqualTo("failed: no connection");
  }
}
