package io.tollgate.notification.inbox;

import io.tollgate.model.AccountId;
import io.tollgate.model.NoticeId;
import io.tollgate.notification.notice.MarketingConsents;
import io.tollgate.support.clock.BusinessClock;
import io.tollgate.support.jdbc.Transactions;
import io.tollgate.support.sweep.Sweep;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
class DeliverySweep implements Sweep {

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
      BusinessClock clock) {
    this.repository = repository;
    this.consents = consents;
    this.inbox = inbox;
    this.transactions = transactions;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "in-station-delivery";
  }

  @Override
  public int runBatch(Instant upTo) {
    return transactions.run(this::deliverSlice);
  }

  private int deliverSlice() {
    int withoutConsent = consents.dropRecipientsWithout(Optional.empty());
    List<JdbcInboxRepository.Undelivered> slice = repository.undelivered(SLICE);
    if (slice.isEmpty()) {
      return withoutConsent;
    }
    inbox.lock(
        slice.stream()
            .map(JdbcInboxRepository.Undelivered::account)
            .collect(Collectors.toCollection(TreeSet::new)));
    Instant at = clock.now();
    slice.stream()
        .collect(
            Collectors.groupingBy(
                JdbcInboxRepository.Undelivered::notice,
                TreeMap::new,
                Collectors.mapping(JdbcInboxRepository.Undelivered::account, Collectors.toList())))
        .entrySet()
        .forEach(entry -> deliver(entry, at));
    return withoutConsent + slice.size();
  }

  private void deliver(Map.Entry<NoticeId, List<AccountId>> entry, Instant at) {
    inbox.deliver(entry.getKey(), entry.getValue(), at);
  }

  @Override
  public boolean anythingDue(Instant upTo) {
    return repository.anyUndelivered();
  }
}
