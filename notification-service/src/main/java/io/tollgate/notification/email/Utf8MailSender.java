package io.tollgate.notification.email;

import jakarta.mail.MessagingException;
import jakarta.mail.Transport;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/**
 * Sends to addresses beyond ASCII, with SMTPUTF8 (RFC 6531); not at all to a server that does not
 * offer it.
 */
final class Utf8MailSender extends JavaMailSenderImpl {

  private Utf8MailSender() {}

  /** A sender to the same server. */
  static Utf8MailSender like(JavaMailSenderImpl other) {
    Utf8MailSender sender = new Utf8MailSender();
    sender.setProtocol(other.getProtocol());
    sender.setHost(other.getHost());
    sender.setPort(other.getPort());
    sender.setUsername(other.getUsername());
    sender.setPassword(other.getPassword());
    sender.setDefaultEncoding(other.getDefaultEncoding());
    Properties properties = new Properties();
    properties.putAll(other.getJavaMailProperties());
    properties.setProperty("mail.mime.allowutf8", "true");
    sender.setJavaMailProperties(properties);
    return sender;
  }

  /** The mail server cannot take an address beyond ASCII. */
  static final class NotOfferedException extends MessagingException {
    private static final long serialVersionUID = 1L;

    NotOfferedException() {
      super("the mail server does not offer SMTPUTF8, which the address needs");
    }
  }

  @Override
  protected Transport connectTransport() throws MessagingException {
    Transport transport = super.connectTransport();
    if (!(transport instanceof SMTPTransport smtp) || !smtp.supportsExtension("SMTPUTF8")) {
      transport.close();
      throw new NotOfferedException();
    }
    return transport;
  }
}
