package io.tollgate.billing.catalogue;

import io.tollgate.model.BillingCalendar;
import io.tollgate.model.event.MeterDefinition;
import io.tollgate.model.event.Topics;
import io.tollgate.store.agreement.BoundAccounts;
import io.tollgate.store.agreement.Gates;
import io.tollgate.store.audittrail.AuditTrail;
import io.tollgate.store.consumer.Subscription;
import io.tollgate.store.jdbc.Transactions;
import io.tollgate.store.outbox.Outbox;
import io.tollgate.support.time.BusinessClock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wires the catalogue. */
@Configuration(proxyBeanMethods = false)
class CatalogueConfiguration {

  @Bean
  JdbcCatalogueRepository catalogueRepository(JdbcClient jdbc) {
    return new JdbcCatalogueRepository(jdbc);
  }

  @Bean
  JdbcMeters knownMeters(JdbcClient jdbc) {
    return new JdbcMeters(jdbc);
  }

  /** Which meters there are: a price is only as good as its meters. A meter is no account's. */
  @Bean
  Subscription<MeterDefinition> meters(JdbcMeters meters) {
    return Subscription.toStates("meters", Topics.METERS, MeterDefinition.CODEC)
        .keyedBy(MeterDefinition::key)
        .parkingNobody()
        .each(MeterDefinition.class, meters::save)
        .build();
  }

  @Bean
  PricePublisher pricePublisher(
      JdbcCatalogueRepository repository, Outbox outbox, BusinessClock clock) {
    return new PricePublisher(repository, outbox, clock);
  }

  @Bean
  Catalogue catalogue(JdbcCatalogueRepository repository) {
    return new Catalogue(repository);
  }

  @Bean
  CatalogueEditor catalogueEditor(
      JdbcCatalogueRepository repository,
      Transactions transactions,
      Gates gates,
      AuditTrail trail,
      BusinessClock clock,
      BillingCalendar calendar,
      ObjectProvider<BoundAccounts> bound,
      JdbcClient jdbc,
      JdbcMeters meters,
      PricePublisher publisher) {
    return new CatalogueEditor(
        repository,
        transactions,
        gates,
        trail,
        clock,
        new PriceAdmission(calendar),
        bound.getIfAvailable(() -> product -> true),
        new JdbcPriceChanges(jdbc),
        new MeterAdmission(meters),
        publisher);
  }
}
