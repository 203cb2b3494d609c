package io.tollgate.store.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.timeout.ReadTimeoutException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

/** A receiver was told the names of our exceptions. */
class WebhookPosterTest {

  @Test
  void aReceiverIsToldWhatWentWrongInWords() {
    assertThat(WebhookPoster.failed(new TimeoutException())).isEqualTo("failed: no answer in time");
    assertThat(WebhookPoster.failed(ReadTimeoutException.INSTANCE))
        .isEqualTo("failed: no answer in time");
    assertThat(WebhookPoster.failed(new ConnectTimeoutException("10 ms")))
        .isEqualTo("failed: no connection in time");
    assertThat(WebhookPoster.failed(new ConnectException("refused")))
        .isEqualTo("failed: the connection was refused");
    assertThat(WebhookPoster.failed(new UnknownHostException("x")))
        .isEqualTo("failed: the host name is unknown");
    assertThat(WebhookPoster.failed(new SSLHandshakeException("expired")))
        .isEqualTo("failed: no TLS connection, or no trusted certificate");
    assertThat(WebhookPoster.failed(new IllegalStateException()))
        .isEqualTo("failed: no connection");
  }
}
