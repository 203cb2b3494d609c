package io.tollgate.chaos;

import io.tollgate.chaos.Groups.Reading;
import io.tollgate.model.event.Topics;
import io.tollgate.standalone.Service;

/** Kinds of work that the instances of a service share, and where its amount is seen. */
enum Work {
  EVENTS_INGESTED(Service.METERING, "", "tollgate_ingest_events_total{outcome=\"accepted\"}"),
  USAGE_RECORDS_AGGREGATED(Service.METERING, Topics.USAGE_EVENTS, ""),
  USAGE_RECORDS_TAKEN_IN(Service.BILLING, Topics.USAGE_HOURLY, ""),
  CYCLES_CHARGED(Service.BILLING, "", "tollgate_sweep_items_total{sweep=\"charging\"}"),
  LATE_USAGE_CHARGED(Service.BILLING, "", "tollgate_sweep_items_total{sweep=\"late-usage\"}"),
  BILLING_EVENTS_APPLIED_BY_ACCOUNT(Service.ACCOUNT, Topics.BILLING_EVENTS, ""),
  BILLING_EVENTS_APPLIED_BY_NOTIFICATION(Service.NOTIFICATION, Topics.BILLING_EVENTS, ""),
  EMAILS_SENT(Service.NOTIFICATION, "", "tollgate_sweep_items_total{sweep=\"email\"}");

  private final Service service;
  private final String topic;
  private final String metric;

  Work(Service service, String topic, String metric) {
    this.service = service;
    this.topic = topic;
    this.metric = metric;
  }

  Service service() {
    return service;
  }

  /** Whether it is done by reading this; its amount is in positions, markers included. */
  boolean isReadBy(Reading reading) {
    return reading.service() == service && reading.partition().topic().equals(topic);
  }

  /** The metric that counts it; empty when it is done by reading. */
  String metric() {
    return metric;
  }
}
