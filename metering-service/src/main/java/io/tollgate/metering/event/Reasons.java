package io.tollgate.metering.event;

import java.util.Map;

/** What the stable words mean by which events and corrections are refused, as sentences. */
public final class Reasons {

  private static final Map<String, String> SENTENCES =
      Map.ofEntries(
          Map.entry("unknown-kind", "The record is of a kind this version does not know."),
          Map.entry("unreadable", "It is not a well-formed CloudEvent within the bounds."),
          Map.entry("no-tick-yet", "It came before the clock of its partition had started."),
          Map.entry(
              "conflict",
              "An event of the same source, subject and id was accepted with another type, another"
                  + " time or other bytes of data; that one stays."),
          Map.entry(
              "late",
              "Its time is before the acceptance horizon; usage that old comes in as a"
                  + " correction."),
          Map.entry("future", "Its time is further ahead of the clock than is allowed."),
          Map.entry(
              "too-many-pending",
              "Its instance is not registered, and too many events wait already."),
          Map.entry(
              "unknown-instance", "Nobody registered its instance within the acceptance horizon."),
          Map.entry("instance-ended", "Its instance had ended by then."),
          Map.entry("unknown-meter", "No meter counts its type at that time."),
          Map.entry("unreadable-data", "Its data is not well-formed JSON."),
          Map.entry(
              "dimension-unbounded",
              "A dimension's value is longer than 256 characters, or no well-formed text."),
          Map.entry(
              "value-missing", "There is no value where the meter's pointer leads in the data."),
          Map.entry("value-unbounded", "The value is larger or longer than can be counted."),
          Map.entry(
              "value-not-a-number",
              "The value is a text that is no number, and the meter needs a number."),
          Map.entry("value-negative", "The value is negative; a meter counts 0 or more."),
          Map.entry(
              "too-many-members", "The window has as many different members as can be counted."),
          Map.entry("counted", "It is in the totals."),
          Map.entry("amended", "It is in the totals as an operator has amended it."),
          Map.entry("voided", "An operator has taken it back."),
          Map.entry("waiting", "It waits until its instance is registered, and is counted then."),
          Map.entry("duplicate", "It was posted before, and counts once."),
          Map.entry("applied", "It took effect."),
          Map.entry("idempotency-key-reused", "The key was used before, for another request."),
          Map.entry(
              "event-not-remembered",
              "No such event was counted within the acceptance horizon; older usage is corrected"
                  + " by ADD."),
          Map.entry("already-voided", "The event was voided before."),
          Map.entry(
              "not-counted-there",
              "The event has been amended since the request was made; ask again."),
          Map.entry("series-not-there", "The totals the event was counted in are not there."),
          Map.entry("below-zero", "The window's usage would fall below zero."),
          Map.entry("other-dimensions", "An addition names exactly the meter's dimensions."),
          Map.entry(
              "other-windows",
              "The instance's product is billed by hours or by days, and at that time the meter"
                  + " emits only the other: what is added would reach no bill."),
          Map.entry(
              "not-additive",
              "Only meters of SUM and COUNT can be added to; void or amend the events instead."),
          Map.entry(
              "meters-changed",
              "The meters that counted the event have other versions at the amended time; void it"
                  + " and add the usage."));

  private Reasons() {}

  /** The sentence of a word. */
  public static String sentence(String reason) {
    return SENTENCES.getOrDefault(reason, reason.replace('-', ' ') + ".");
  }
}
