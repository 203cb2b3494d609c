package io.tollgate.metering.event;

import java.util.Map;

/** What the stable words mean by which events and corrections are refused, as sentences. */
public final class Reasons {

  private static final Map<String, String> SENTENCES =
      Map.ofEntries(
          Map.entry("unknown-kind", "This version does not know the kind of the record."),
          Map.entry("unreadable", "It is not a well-formed CloudEvent within the limits."),
          Map.entry("no-tick-yet", "It was read before the clock of its partition had started."),
          Map.entry(
              "conflict",
              "An event with the same source, subject and id but another type, time or data was"
                  + " accepted; that one counts."),
          Map.entry(
              "late",
              "Its time is before the acceptance period; enter usage that old as a correction."),
          Map.entry("future", "Its time is further ahead of the clock than allowed."),
          Map.entry(
              "too-many-pending",
              "Its instance is not registered, and too many events are already waiting."),
          Map.entry(
              "unknown-instance", "Its instance was not registered within the acceptance period."),
          Map.entry("instance-ended", "Its instance had ended by then."),
          Map.entry("unknown-meter", "No meter counts events of its type at that time."),
          Map.entry("unreadable-data", "Its data is not well-formed JSON."),
          Map.entry(
              "dimension-unbounded",
              "A dimension's value is longer than 256 characters or not well-formed text."),
          Map.entry("value-missing", "The data has no value at the meter's value pointer."),
          Map.entry("value-unbounded", "The value has too many digits to be counted."),
          Map.entry("value-not-a-number", "The value is not a number, and the meter needs one."),
          Map.entry("value-negative", "The value is negative; a meter counts 0 or more."),
          Map.entry(
              "too-many-members", "The window has reached the maximum number of distinct members."),
          Map.entry("counted", "It is in the totals."),
          Map.entry("amended", "It is in the totals, as amended by an operator."),
          Map.entry("voided", "An operator has voided it."),
          Map.entry("waiting", "It waits until its instance is registered, and then counts."),
          Map.entry("duplicate", "It had been posted already, and counts once."),
          Map.entry("applied", "It took effect."),
          Map.entry("idempotency-key-reused", "The key was used for a different request."),
          Map.entry(
              "event-not-remembered",
              "No such event was counted within the acceptance period; use ADD to correct older"
                  + " usage."),
          Map.entry("already-voided", "The event has already been voided."),
          Map.entry(
              "not-counted-there",
              "The event was amended while the request was in progress; send it again."),
          Map.entry("series-not-there", "The totals in which the event was counted do not exist."),
          Map.entry("below-zero", "The window's usage would become negative."),
          Map.entry("other-dimensions", "An addition must name exactly the meter's dimensions."),
          Map.entry(
              "other-windows",
              "The instance's product is billed by hours or by days, and at that time the meter"
                  + " emits only the other: the addition would never be billed."),
          Map.entry(
              "not-additive",
              "Usage can be added only to SUM and COUNT meters; void or amend the events instead."),
          Map.entry(
              "meters-changed",
              "The meters that counted the event have other versions at the amended time; void it,"
                  + " then add the usage."));

  private Reasons() {}

  /** The sentence of a word. */
  public static String sentence(String reason) {
    return SENTENCES.getOrDefault(reason, reason.replace('-', ' ') + ".");
  }
}
