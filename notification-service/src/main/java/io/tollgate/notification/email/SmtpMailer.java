package io.tollgate.notification.email;

import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.MimeMessage;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.stereotype.Component;

/** Hands one e-mail to the SMTP server and says what came of it. */
@Component
class SmtpMailer {

  private static final int PERMANENT = 500;

  private final JavaMailSender sender;
  private final EmailProperties properties;

  SmtpMailer(JavaMailSender sender, EmailProperties properties) {
    this.sender = sender;
    this.properties = properties;
  }

  EmailOutcome send(EmailDelivery delivery) {
    try {
      MimeMessage mail = sender.createMimeMessage();
      MimeMessageHelper helper = new MimeMessageHelper(mail, "UTF-8");
      helper.setFrom(properties.from());
      helper.setTo(delivery.address());
      helper.setSubject(delivery.text().title());
      helper.setText(delivery.text().body());
      mail.setHeader("Message-ID", delivery.messageId());
      mail.setHeader("Auto-Submitted", "auto-generated");
      sender.send(mail);
      return new EmailOutcome.Accepted();
    } catch (MessagingException e) {
      return new EmailOutcome.Refused(
          "the address or text cannot be sent: " + e.getClass().getSimpleName());
    } catch (MailSendException e) {
      return judge(e);
    } catch (MailException e) {
      return new EmailOutcome.TryLater("mail server not reached: " + e.getClass().getSimpleName());
    }
  }

  /**
   * A reply of 5xx is final, another is not; without a reply the outcome is unknown. A failure to
   * connect is its own cause; a failure to say goodbye comes after the message was judged.
   */
  private static EmailOutcome judge(MailSendException failure) {
    if (failure.getMessageExceptions().length == 0) {
      return new EmailOutcome.Accepted();
    }
    if (failure.getMessageExceptions()[0].equals(failure.getCause())) {
      return new EmailOutcome.TryLater("mail server not reached");
    }
    for (Exception cause : failure.getMessageExceptions()) {
      int code = replyCode(cause);
      if (code >= PERMANENT) {
        return new EmailOutcome.Refused("mail server replied " + code);
      }
      if (code > 0) {
        return new EmailOutcome.TryLater("mail server replied " + code);
      }
    }
    return new EmailOutcome.Unknown("connection to the mail server broke");
  }

  /** The SMTP reply code behind an exception; 0 when there is none. */
  private static int replyCode(Exception exception) {
    int code = 0;
    Exception current = exception;
    for (int depth = 0; current != null && depth < 10; depth++) {
      if (current instanceof SMTPAddressFailedException refused) {
        return refused.getReturnCode();
      }
      if (current instanceof SMTPSendFailedException refused) {
        code = refused.getReturnCode();
      }
      current = current instanceof SendFailedException chained ? chained.getNextException() : null;
    }
    return code;
  }
}
