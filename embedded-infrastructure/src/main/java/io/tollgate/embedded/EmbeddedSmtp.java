package io.tollgate.embedded;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.util.ArrayList;
import java.util.List;

/**
 * A real SMTP server of this process; keeps what it received in memory, delivers nothing further.
 */
public final class EmbeddedSmtp implements MailServer {

  private static final String HOST = "127.0.0.1";

  private final GreenMail server;

  private EmbeddedSmtp(GreenMail server) {
    this.server = server;
  }

  /**
   * Starts the server.
   *
   * @param port the port to listen on; 0 for a free one
   */
  public static EmbeddedSmtp start(int port) {
    GreenMail server = new GreenMail(new ServerSetup(port, HOST, ServerSetup.PROTOCOL_SMTP));
    server.start();
    return new EmbeddedSmtp(server);
  }

  @Override
  public String host() {
    return HOST;
  }

  @Override
  public int port() {
    return server.getSmtp().getPort();
  }

  @Override
  public List<ReceivedMail> received() {
    List<ReceivedMail> mails = new ArrayList<>();
    for (MimeMessage mail : server.getReceivedMessages()) {
      mails.addAll(read(mail));
    }
    return mails;
  }

  private static List<ReceivedMail> read(MimeMessage mail) {
    try {
      List<ReceivedMail> mails = new ArrayList<>();
      for (Address to : mail.getAllRecipients()) {
        mails.add(
            new ReceivedMail(mail.getMessageID(), to.toString(), mail.getSubject(), text(mail)));
      }
      return mails;
    } catch (MessagingException e) {
      throw new IllegalStateException("received a mail that cannot be read", e);
    }
  }

  private static String text(MimeMessage mail) throws MessagingException {
    try {
      return mail.getContent() instanceof String text ? text : GreenMailUtil.getBody(mail);
    } catch (java.io.IOException e) {
      throw new MessagingException("unreadable content", e);
    }
  }

  @Override
  public void close() {
    server.stop();
  }
}
