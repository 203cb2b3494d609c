package io.tollgate.model.event;

import java.util.List;

/** Names of the Kafka topics; their keys, writers and readers are in docs/architecture.md. */
public final class Topics {

  public static final String USAGE_EVENTS = "usage.events";
  public static final String USAGE_HOURLY = "usage.hourly";
  public static final String USAGE_DAILY = "usage.daily";
  public static final String USAGE_QUARANTINE = "usage.quarantine";
  public static final String METERS = "meters";
  public static final String ACCOUNT_INSTANCES = "account.instances";
  public static final String BILLING_EVENTS = "billing.events";
  public static final String ACCOUNT_EVENTS = "account.events";
  public static final String NOTICE_EVENTS = "notice.events";
  public static final String CONTACTS = "contacts";
  public static final String PRICES = "prices";

  /** Topics that keep only the newest record of each key. */
  public static final List<String> COMPACTED = List.of(METERS, ACCOUNT_INSTANCES, CONTACTS, PRICES);

  /** Topics that are kept by time. */
  public static final List<String> APPENDED =
      List.of(
          USAGE_EVENTS,
          USAGE_HOURLY,
          USAGE_DAILY,
          USAGE_QUARANTINE,
          BILLING_EVENTS,
          ACCOUNT_EVENTS,
          NOTICE_EVENTS);

  private Topics() {}

  /** Where records of a topic go that could not be processed. */
  public static String deadLetter(String topic) {
    return topic + "-dlt";
  }
}
