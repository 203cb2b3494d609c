package io.tollgate.account.arrears;

import io.tollgate.account.accounts.JdbcWatermarkRepository;
import io.tollgate.model.event.BillingEvent;
import io.tollgate.model.event.BillingRecord;
import io.tollgate.model.event.BillingWatermark;
import io.tollgate.model.event.NoticeEvent;
import io.tollgate.model.event.Topics;
import io.tollgate.store.consumer.AppliedSequences;
import io.tollgate.store.consumer.Subscription;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What account takes from billing and notification. */
@Configuration(proxyBeanMethods = false)
class ArrearsSubscriptions {

  /** A watermark counts together with the events before it, which its transaction applies. */
  @Bean
  Subscription<BillingRecord> billingEvents(
      AppliedSequences applied, FollowDebt debt, JdbcWatermarkRepository watermarks) {
    return Subscription.toEvents("billing-events", Topics.BILLING_EVENTS, BillingRecord.CODEC)
        .once(applied)
        .together(BillingEvent.class, debt::apply)
        .received(
            BillingWatermark.class,
            told -> told.forEach(each -> watermarks.advance(each.partition(), each.value().data())))
        .build();
  }

  @Bean
  Subscription<NoticeEvent> noticeEvents(AppliedSequences applied, FollowWarnings warnings) {
    return Subscription.toEvents("notice-events", Topics.NOTICE_EVENTS, NoticeEvent.CODEC)
        .once(applied)
        .together(NoticeEvent.class, warnings::apply)
        .build();
  }
}
