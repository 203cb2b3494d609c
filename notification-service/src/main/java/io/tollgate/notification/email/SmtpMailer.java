package io.tollgate.notification.email;

import io.tollgate.model.EmailAddress;
import io.tollgate.notification.email.EmailProperties.Sender;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.springframework.mail.MailAuthenticationException;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.stereotype.Component;

/**
 * Hands one e-mail to the SMTP server and says what came of it.
 *
 * <p>A domain is sent in its ASCII form. A local part beyond ASCII goes only to a server that
 * offers SMTPUTF8 (RFC 6531), else the e-mail is refused: Jakarta Mail would cut each character to
 * its low byte, and {@code š@example.org} would reach {@code a@example.org}.
 */
@Component
class SmtpMailer {

  private static final int PERMANENT = 500;

  private final JavaMailSender sender;
  private final JavaMailSender utf8Sender;
  private final Sender from;

  SmtpMailer(JavaMailSenderImpl sender, EmailProperties properties) {
    this.sender = sender;
    this.utf8Sender = Utf8MailSender.like(sender);
    this.from = properties.sender();
  }

  EmailOutcome send(EmailDelivery delivery) {
    return switch (EmailAddress.read(delivery.address())) {
      case EmailAddress.Reading.Valid valid -> send(delivery, valid.address());
      case EmailAddress.Reading.Invalid invalid ->
          new EmailOutcome.Refused("the address is invalid: " + invalid.fault());
    };
  }

  private EmailOutcome send(EmailDelivery delivery, EmailAddress to) {
    JavaMailSender chosen = to.needsUtf8() ? utf8Sender : sender;
    try {
      chosen.send(mail(chosen.createMimeMessage(), delivery, to));
      return new EmailOutcome.Accepted();
    } catch (MessagingException e) {
      return new EmailOutcome.Refused("the address or text cannot be sent");
    } catch (MailSendException e) {
      return judge(e);
    } catch (MailAuthenticationException e) {
      return new EmailOutcome.TryLater("mail server refused the login");
    } catch (MailException e) {
      return new EmailOutcome.TryLater("mail server not reached");
    }
  }

  private MimeMessage mail(MimeMessage mail, EmailDelivery delivery, EmailAddress to)
      throws MessagingException {
    MimeMessageHelper helper = new MimeMessageHelper(mail, "UTF-8");
    helper.setFrom(from.internetAddress());
    helper.setTo(address(to.wireForm()));
    helper.setSubject(delivery.text().title());
    helper.setText(delivery.text().body());
    mail.setHeader("Message-ID", delivery.messageId());
    mail.setHeader("Auto-Submitted", "auto-generated");
    return mail;
  }

  /** As it is: {@link EmailAddress} has judged it, and Jakarta Mail knows fewer addresses. */
  private static InternetAddress address(String wireForm) {
    InternetAddress address = new InternetAddress();
    address.setAddress(wireForm);
    return address;
  }

  /**
   * A reply of 5xx is final, another is not; without a reply the outcome is unknown. A failure to
   * connect is its own cause; a failure to say goodbye comes after the message was judged.
   */
  private static EmailOutcome judge(MailSendException failure) {
    if (failure.getMessageExceptions().length == 0) {
      return new EmailOutcome.Accepted();
    }
    if (failure.getCause() instanceof Utf8MailSender.NotOfferedException notOffered) {
      return new EmailOutcome.Refused(String.valueOf(notOffered.getMessage()));
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
    return new EmailOutcome.Unknown("the connection to the mail server broke");
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
