package io.tollgate.embedded;

import java.util.List;

/** An SMTP server that keeps what it receives and delivers nothing further. */
public interface MailServer extends AutoCloseable {

  /** Where it listens. */
  String host();

  /** On which port it takes e-mails. */
  int port();

  /** All e-mails received since the start, in order of arrival. */
  List<ReceivedMail> received();

  @Override
  void close();
}
