package io.tollgate.account.contacts;

import io.tollgate.account.access.Sight;
import io.tollgate.account.accounts.JdbcAccountRepository;
import io.tollgate.account.effects.EffectWriter;
import io.tollgate.account.effects.Effects;
import io.tollgate.model.AccountId;
import io.tollgate.model.EmailAddress;
import io.tollgate.model.Quoted;
import io.tollgate.model.event.ContactRecord;
import io.tollgate.store.jdbc.Transactions;
import io.tollgate.store.outbox.OutboxMessage;
import io.tollgate.support.time.BusinessClock;
import io.tollgate.support.web.Caller;
import io.tollgate.support.web.Fields;
import io.tollgate.support.web.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * The customer keeps its contacts (C3.1.2); a change counts for the next notice. The trail tells
 * that they changed, never what they are.
 */
@RestController
@RequestMapping("/v1/accounts/{account}/contacts")
class ContactController {

  private static final String RULE = "C3.1.2";

  private final JdbcContactRepository contacts;
  private final JdbcAccountRepository accounts;
  private final Transactions transactions;
  private final EffectWriter writer;
  private final BusinessClock clock;

  ContactController(
      JdbcContactRepository contacts,
      JdbcAccountRepository accounts,
      Transactions transactions,
      EffectWriter writer,
      BusinessClock clock) {
    this.contacts = contacts;
    this.accounts = accounts;
    this.transactions = transactions;
    this.writer = writer;
    this.clock = clock;
  }

  /** All contacts of an account, replacing those before. */
  record Contacts(
      String name, List<String> emails, Optional<String> language, boolean marketingConsent) {

    private static final int MAX_NAME = 200;
    private static final int MAX_EMAILS = 20;
    private static final Set<String> LANGUAGES = Set.of("en", "zh");

    Contacts {
      name = Fields.text("name", name, MAX_NAME);
      List<String> given = Fields.required("emails", emails);
      if (given.size() > MAX_EMAILS) {
        throw ProblemException.invalid(
            "emails", "must be at most " + MAX_EMAILS + " addresses, not " + given.size());
      }
      for (int i = 0; i < given.size(); i++) {
        checkEmail("emails[" + i + "]", given.get(i));
      }
      emails = List.copyOf(given);
      if (!LANGUAGES.contains(language.orElse("en"))) {
        throw ProblemException.invalid(
            "language", "must be en or zh, not " + Quoted.of(language.orElse("en")));
      }
    }

    private static void checkEmail(String field, @Nullable String text) {
      String address = Fields.required(field, text);
      if (EmailAddress.read(address) instanceof EmailAddress.Reading.Invalid invalid) {
        throw ProblemException.invalid(field, Quoted.of(address) + ": " + invalid.fault());
      }
    }

    /** Nothing, so that contact data cannot reach a log by accident. */
    @Override
    public String toString() {
      return "Contacts";
    }

    ContactRecord record(AccountId account, long version) {
      return new ContactRecord(
          account, version, name, emails, language.orElse("en"), marketingConsent);
    }
  }

  @GetMapping
  ContactRecord show(Caller caller, @PathVariable AccountId account) {
    if (accounts.find(Sight.of(caller), account).isEmpty()) {
      throw missing(account);
    }
    return contacts.find(account).orElseThrow(() -> missing(account));
  }

  @PutMapping
  ContactRecord replace(
      Caller caller, @PathVariable AccountId account, @RequestBody Contacts wanted) {
    return locked(
        caller,
        account,
        () -> {
          Optional<ContactRecord> before = contacts.find(account);
          if (before.map(b -> wanted.record(account, b.version()).equals(b)).orElse(false)) {
            return before.get();
          }
          ContactRecord contact = wanted.record(account, contacts.nextVersion(account));
          contacts.save(contact);
          Instant now = clock.now();
          publish(caller, account, "contacts changed", ContactMessages.kept(contact, now), now);
          return contact;
        });
  }

  @DeleteMapping
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void remove(Caller caller, @PathVariable AccountId account) {
    var unused =
        locked(
            caller,
            account,
            () -> {
              boolean removed = contacts.remove(account);
              if (removed) {
                publish(
                    caller,
                    account,
                    "contacts removed",
                    ContactMessages.removed(account),
                    clock.now());
              }
              return removed;
            });
  }

  private <T> T locked(Caller caller, AccountId account, Supplier<T> work) {
    return transactions.runHttp(
        () -> {
          if (!accounts.lock(Sight.of(caller), account)) {
            throw missing(account);
          }
          return work.get();
        });
  }

  private void publish(
      Caller caller, AccountId account, String what, OutboxMessage message, Instant now) {
    Effects effects = new Effects();
    effects.message(message);
    effects.trail(caller.subject(), account, what, RULE, "requested by the caller", now);
    writer.write(effects);
  }

  private static ProblemException missing(AccountId account) {
    return ProblemException.notFound("contact of account " + account);
  }
}
