package io.tollgate.notification.trigger;

import io.tollgate.model.event.AccountEvent;
import io.tollgate.model.event.BillingEvent;
import io.tollgate.model.event.Topics;
import io.tollgate.store.consumer.AppliedSequences;
import io.tollgate.store.consumer.Subscription;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The events that notification consumes from account and billing. */
@Configuration(proxyBeanMethods = false)
class TriggerSubscriptions {

  @Bean
  Subscription<AccountEvent> accountEvents(AppliedSequences applied, NotifyOfAccounts accounts) {
    return Subscription.toEvents("account-events", Topics.ACCOUNT_EVENTS, AccountEvent.CODEC)
        .once(applied)
        .received(AccountEvent.class, accounts::handle)
        .build();
  }

  @Bean
  Subscription<BillingEvent> billingEvents(AppliedSequences applied, NotifyOfBilling billing) {
    return Subscription.toEvents("billing-events", Topics.BILLING_EVENTS, BillingEvent.CODEC)
        .once(applied)
        .received(BillingEvent.class, billing::handle)
        .build();
  }
}
