package io.tollgate.account.contacts;

import io.tollgate.account.access.Sight;
import io.tollgate.account.accounts.JdbcAccountRepository;
import io.tollgate.account.telling.Effects;
import io.tollgate.account.telling.Teller;
import io.tollgate.model.AccountId;
import io.tollgate.model.event.Topics;
import io.tollgate.store.recovery.StateTeller;
import io.tollgate.support.ServiceIdentity;
import io.tollgate.support.time.BusinessClock;
import org.springframework.stereotype.Component;

/** Tells an account's contacts again after a restore, under a version of their own. */
@Component
class ContactTeller implements StateTeller {

  /** Above every version that the ended history may have given. */
  private static final long VERSIONS = 1_000_000;

  private final JdbcContactRepository contacts;
  private final JdbcAccountRepository accounts;
  private final Teller teller;
  private final BusinessClock clock;
  private final ServiceIdentity identity;

  ContactTeller(
      JdbcContactRepository contacts,
      JdbcAccountRepository accounts,
      Teller teller,
      BusinessClock clock,
      ServiceIdentity identity) {
    this.contacts = contacts;
    this.accounts = accounts;
    this.teller = teller;
    this.clock = clock;
    this.identity = identity;
  }

  @Override
  public String topic() {
    return Topics.CONTACTS;
  }

  @Override
  public void tellAgain(String key) {
    AccountId account = AccountId.of(key);
    Effects effects = new Effects();
    if (accounts.lock(Sight.ALL, account)) {
      contacts.raiseVersion(account, VERSIONS);
    }
    contacts
        .find(account)
        .map(contact -> ContactMessages.kept(contact, identity.source(), clock.now()))
        .ifPresentOrElse(effects::message, () -> effects.message(ContactMessages.removed(account)));
    teller.tell(effects);
  }
}
