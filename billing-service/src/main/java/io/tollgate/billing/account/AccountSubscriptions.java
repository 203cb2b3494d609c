package io.tollgate.billing.account;

import io.tollgate.model.event.AccountEvent;
import io.tollgate.model.event.AccountEvent.AccountOpened;
import io.tollgate.model.event.AccountEvent.InstanceStateChanged;
import io.tollgate.model.event.InstanceRecord;
import io.tollgate.model.event.NoticeEvent;
import io.tollgate.model.event.Topics;
import io.tollgate.store.agreement.Gates;
import io.tollgate.store.consumer.AppliedSequences;
import io.tollgate.store.consumer.Subscription;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The events that billing consumes from account and notification. */
@Configuration(proxyBeanMethods = false)
class AccountSubscriptions {

  @Bean
  Subscription<AccountEvent> accountEvents(
      AppliedSequences applied, OpenBooks books, Suspensions suspensions) {
    return Subscription.toEvents("account-events", Topics.ACCOUNT_EVENTS, AccountEvent.CODEC)
        .once(applied)
        .each(AccountOpened.class, books::of)
        .together(InstanceStateChanged.class, suspensions::take)
        .build();
  }

  /** The records are keyed by instance; what cannot be applied parks the account. */
  @Bean
  Subscription<InstanceRecord> instances(KnownInstances known) {
    return Subscription.toStates("instances", Topics.ACCOUNT_INSTANCES, InstanceRecord.CODEC)
        .parking(InstanceRecord::account)
        .together(InstanceRecord.class, known::take)
        .build();
  }

  /** Which gates are shut and open: no free product becomes chargeable unannounced (C2.5). */
  @Bean
  Subscription<NoticeEvent> noticeEvents(Gates gates) {
    return Subscription.toEvents("notice-events", Topics.NOTICE_EVENTS, NoticeEvent.CODEC)
        .each(NoticeEvent.class, gates::apply)
        .build();
  }
}
