package io.tollgate.account.contacts;

import io.tollgate.account.access.Sight;
import io.tollgate.account.accounts.JdbcAccountRepository;
import io.tollgate.account.effects.EffectWriter;
import io.tollgate.account.effects.Effects;
import io.tollgate.model.AccountId;
import io.tollgate.model.event.Topics;
import io.tollgate.store.recovery.StatePublisher;
import io.tollgate.support.time.BusinessClock;
import org.springframework.stereotype.Component;

/** Republishes the contacts of an account after a restore, under a new version. */
@Component
class ContactPublisher implements StatePublisher {

  /** Above every version that the ended history may have given. */
  private static final long VERSIONS = 1_000_000;

  private final JdbcContactRepository contacts;
  private final JdbcAccountRepository accounts;
  private final EffectWriter writer;
  private final BusinessClock clock;

  ContactPublisher(
      JdbcContactRepository contacts,
      JdbcAccountRepository accounts,
      EffectWriter writer,
      BusinessClock clock) {
    this.contacts = contacts;
    this.accounts = accounts;
    this.writer = writer;
    this.clock = clock;
  }

  @Override
  public String topic() {
    return Topics.CONTACTS;
  }

  @Override
  public void republish(String key) {
    AccountId account = AccountId.of(key);
    Effects effects = new Effects();
    if (accounts.lock(Sight.ALL, account)) {
      contacts.raiseVersion(account, VERSIONS);
    }
    contacts
        .find(account)
        .map(contact -> ContactMessages.kept(contact, clock.now()))
        .ifPresentOrElse(effects::message, () -> effects.message(ContactMessages.removed(account)));
    writer.write(effects);
  }
}
