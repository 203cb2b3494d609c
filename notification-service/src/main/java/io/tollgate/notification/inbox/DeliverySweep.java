package io.tollgate.notification.inbox;

import io.tollgate.model.NoticeId;
import io.tollgate.notification.notice.MarketingConsents;
import io.tollgate.store.jdbc.Transactions;
import io.tollgate.store.setaside.IsolatedSweep;
import io.tollgate.store.setaside.Isolation;
import io.tollgate.store.setaside.Selection;
import io.tollgate.store.setaside.Subject;
import io.tollgate.support.time.BusinessClock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Delivers published notices to their recipients, in slices, until everybody concerned has them.
 */
@Component
@Order(1)
class DeliverySweep extends IsolatedSweep<JdbcInboxRepository.Undelivered> {

  static final String NAME = "in-station-delivery";
  private static final int SLICE = 1_000;

  private final JdbcInboxRepository repository;
  private final MarketingConsents consents;
  private final Inbox inbox;
  private final Transactions transactions;
  private final BusinessClock clock;

  DeliverySweep(
      JdbcInboxRepository repository,
      MarketingConsents consents,
      Inbox inbox,
      Transactions transactions,
      BusinessClock clock,
      Isolation isolation) {
    super(NAME, SLICE, isolation);
    this.repository = repository;
    this.consents = consents;
    this.inbox = inbox;
    this.transactions = transactions;
    this.clock = clock;
  }

  @Override
  public int runBatch(Instant upTo) {
    int withoutConsent = transactions.run(() -> consents.dropRecipientsWithout(Optional.empty()));
    return withoutConsent + super.runBatch(upTo);
  }

  @Override
  protected List<JdbcInboxRepository.Undelivered> due(
      Instant upTo, int limit, Selection selection) {
    return repository.undelivered(limit, selection);
  }

  @Override
  protected Subject subjectOf(JdbcInboxRepository.Undelivered undelivered) {
    return Subject.of(undelivered.account(), undelivered.notice().value());
  }

  @Override
  protected int apply(List<JdbcInboxRepository.Undelivered> slice, Instant upTo) {
    return transactions.run(() -> deliver(slice));
  }

  private int deliver(List<JdbcInboxRepository.Undelivered> slice) {
    inbox.lock(
        slice.stream()
            .map(JdbcInboxRepository.Undelivered::account)
            .collect(Collectors.toCollection(TreeSet::new)));
    Instant at = clock.now();
    slice.stream()
        .collect(
            Collectors.groupingBy(
                JdbcInboxRepository.Undelivered::notice, TreeMap::new, Collectors.toList()))
        .forEach((notice, recipients) -> deliver(notice, recipients, at));
    return slice.size();
  }

  private void deliver(
      NoticeId notice, List<JdbcInboxRepository.Undelivered> recipients, Instant at) {
    inbox.deliver(
        notice,
        recipients.stream().map(JdbcInboxRepository.Undelivered::account).toList(),
        recipients.getFirst().publishedAt(),
        at);
  }
}
