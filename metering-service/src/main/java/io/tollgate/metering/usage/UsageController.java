package io.tollgate.metering.usage;

import io.tollgate.metering.aggregation.SeriesKey;
import io.tollgate.metering.aggregation.SeriesState;
import io.tollgate.metering.meter.MeterDirectory;
import io.tollgate.metering.topology.LiveState;
import io.tollgate.model.AccountId;
import io.tollgate.model.Granularity;
import io.tollgate.model.InstanceId;
import io.tollgate.model.MeterKey;
import io.tollgate.model.ProductId;
import io.tollgate.model.event.MeterDefinition;
import io.tollgate.support.web.Caller;
import io.tollgate.support.web.Caller.Role;
import io.tollgate.support.web.Page;
import io.tollgate.support.web.Paging;
import io.tollgate.support.web.ProblemException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What an account has used: closed windows with their revision, and open ones as they grow. */
@RestController
final class UsageController {

  private final LiveState state;
  private final VisibleInstances visible;
  private final MeterDirectory meters;

  UsageController(LiveState state, VisibleInstances visible, MeterDirectory meters) {
    this.state = state;
    this.visible = visible;
    this.meters = meters;
  }

  /** Whether a window's total may still grow without a new revision. */
  enum WindowState {
    OPEN,
    CLOSED,
    /** Closed and changed since: the next tick gives it a new revision. */
    CHANGED
  }

  /** The total of one series in one window. */
  record Usage(
      InstanceId instance,
      ProductId product,
      MeterKey meter,
      String unit,
      SortedMap<String, String> dimensions,
      Granularity granularity,
      Instant windowStart,
      Instant windowEnd,
      String quantity,
      long eventCount,
      int revision,
      WindowState state) {}

  @GetMapping("/v1/accounts/{account}/usage")
  Page<Usage> usage(
      Caller caller,
      @PathVariable AccountId account,
      @RequestParam Optional<MeterKey> meter,
      @RequestParam Optional<InstanceId> instance,
      @RequestParam Optional<Granularity> granularity,
      @RequestParam Optional<Instant> from,
      @RequestParam Optional<Instant> to,
      @RequestParam Optional<Integer> limit,
      @RequestParam Optional<String> cursor) {
    int size = Paging.limit(limit);
    meter
        .filter(asked -> meters.catalogue().versions(asked).isEmpty())
        .ifPresent(
            asked -> {
              throw ProblemException.invalid("meter", "\"" + asked + "\" is not a meter");
            });
    String after = cursor.map(text -> Paging.key(text, 1).getFirst()).orElse("");
    // A customer who is let in here asks for an account of their own, and sees all of it.
    Predicate<InstanceId> seen = caller.is(Role.CUSTOMER) ? any -> true : visible.to(caller);
    Predicate<SeriesKey> wanted =
        key ->
            meter.filter(m -> !m.equals(key.meter())).isEmpty()
                && instance.filter(i -> !i.equals(key.instance())).isEmpty()
                && granularity.filter(g -> g != key.granularity()).isEmpty()
                && from.filter(f -> key.windowStart().isBefore(f)).isEmpty()
                && to.filter(t -> !key.windowStart().isBefore(t)).isEmpty()
                && seen.test(key.instance());
    SortedMap<String, Map.Entry<SeriesKey, SeriesState>> found =
        find(account, wanted, after, size + 1);
    List<String> keys = new ArrayList<>(found.keySet());
    Page<String> page = Page.of(keys, size, Paging::cursor);
    return page.map(
        key -> {
          var entry = found.get(key);
          if (entry == null) {
            throw new IllegalStateException(
                "the page token contains a key that is not on the page");
          }
          return view(entry.getKey(), entry.getValue());
        });
  }

  /** The first ones after a key, in the order of keys. */
  private SortedMap<String, Map.Entry<SeriesKey, SeriesState>> find(
      AccountId account, Predicate<SeriesKey> wanted, String after, int limit) {
    TreeMap<String, Map.Entry<SeriesKey, SeriesState>> found = new TreeMap<>();
    state.seriesOf(
        account,
        (key, series) -> {
          if (wanted.test(key)) {
            String order = HexFormat.of().formatHex(key.bytes());
            if (order.compareTo(after) > 0) {
              found.put(order, Map.entry(key, series));
              if (found.size() > limit) {
                found.pollLastEntry();
              }
            }
          }
        });
    return found;
  }

  private Usage view(SeriesKey key, SeriesState series) {
    String unit =
        meters
            .catalogue()
            .effective(key.meter(), key.windowStart())
            .map(MeterDefinition::unit)
            .orElse("1");
    return new Usage(
        key.instance(),
        key.product(),
        key.meter(),
        unit,
        key.dimensions(),
        key.granularity(),
        key.windowStart(),
        Instant.ofEpochSecond(series.windowEnd()),
        series.quantity().toPlainString(),
        series.events(),
        series.revision(),
        stateOf(series));
  }

  private static WindowState stateOf(SeriesState series) {
    if (series.revision() == 0) {
      return WindowState.OPEN;
    }
    return series.dirty() ? WindowState.CHANGED : WindowState.CLOSED;
  }
}
