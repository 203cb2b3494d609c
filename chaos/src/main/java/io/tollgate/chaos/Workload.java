package io.tollgate.chaos;

import io.tollgate.chaos.Delivery.Event;
import io.tollgate.chaos.Truth.Count;
import io.tollgate.client.Answer;
import io.tollgate.standalone.Api;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Posts usage and recharges accounts, and tells {@link Truth} what was acknowledged.
 *
 * <p>A request without an answer is sent again ({@link Delivery}). Events are shuffled, late by
 * hours, posted again by the fifth (F2, F4), sometimes with another payload under the same identity
 * (F3), and now and then a batch is poisoned (F9).
 */
public final class Workload implements AutoCloseable {

  /** The product and meter of the run; a unit costs 1. */
  static final String METER = "units";

  /** So many post one event at once (F2). */
  private static final int AT_ONCE = 20;

  private final Delivery delivery;
  private final Pace pace;
  private final Truth truth;
  private final Instant begin;
  private final ReadWriteLock running = new ReentrantReadWriteLock(true);
  private final List<Thread> posters = new ArrayList<>();
  private final ExecutorService many = Executors.newFixedThreadPool(AT_ONCE);
  private volatile Instant hour;
  private volatile boolean held;
  private volatile boolean stopped;
  private volatile @Nullable RuntimeException failure;
  private final AtomicLong nextEvent = new AtomicLong();
  private final AtomicLong nextRecharge = new AtomicLong();
  private long probes;

  /**
   * @param begin no event is earlier
   */
  public Workload(Api api, Truth truth, Random random, Instant begin) {
    this(() -> api, Pace.USUAL, truth, random, begin);
  }

  /**
   * A load that is spread over several instances.
   *
   * @param api where the next request goes; asked again when one has to be sent again
   */
  Workload(Supplier<Api> api, Pace pace, Truth truth, Random random, Instant begin) {
    this.delivery = new Delivery(api, truth);
    this.pace = pace;
    this.truth = truth;
    this.begin = begin;
    this.hour = begin;
    for (int number = 0; number < pace.posters(); number++) {
      Poster poster = new Poster(new Random(random.nextLong()), number);
      posters.add(new Thread(poster::run, "poster-" + number));
    }
  }

  /**
   * How much is posted.
   *
   * @param posters so many requests are under way at once
   * @param batch events of a request
   * @param every from one request to the next, of all posters
   * @param catchesUp whether requests that could not be sent in time are sent as soon as they can
   *     be; else they are left out
   * @param lateOneIn of so many events one may be late
   */
  record Pace(int posters, int batch, Duration every, boolean catchesUp, int lateOneIn) {
    static final Pace USUAL = new Pace(1, 50, Duration.ofMillis(150), false, 4);
  }

  /**
   * Recharges all accounts but every tenth with different amounts: some owe from their first hour,
   * others come to owe one after the other.
   */
  void fund() {
    Random random = new Random(truth.accounts().size());
    for (int number = 0; number < truth.accounts().size(); number++) {
      BigDecimal amount = amount(random);
      if (number % 10 != 0) {
        delivery.recharge(truth.accounts().get(number), "first-" + number, amount);
      }
    }
  }

  private static BigDecimal amount(Random random) {
    return BigDecimal.valueOf(1 + random.nextInt(20_000), 2);
  }

  /** Begins. */
  public void start() {
    posters.forEach(Thread::start);
  }

  /** Runs something while nothing is posted; events go on in the hour that begins then. */
  void whileHeld(Instant nextHour, Runnable work) {
    running.writeLock().lock();
    held = true;
    try {
      work.run();
      hour = nextHour;
    } finally {
      held = false;
      running.writeLock().unlock();
    }
  }

  /**
   * Fails when the load does.
   *
   * @throws IllegalStateException with the cause
   */
  public void check() {
    RuntimeException e = failure;
    if (e != null) {
      throw new IllegalStateException("the workload failed", e);
    }
  }

  /** Whether nothing is posted for a while. */
  boolean isHeld() {
    return held;
  }

  /** Posts an event and a recharge, held or not; returns when both are acknowledged. */
  void probe() {
    String account = truth.accounts().getFirst();
    Event event = new Event("p-" + probes, account, 1, hour.plusMillis(1));
    delivery.post(List.of(event.json(1)));
    delivery.counted(event);
    delivery.recharge(account, "probe-" + probes++, BigDecimal.ONE);
  }

  /** Sends one request after the other, when their time has come. */
  private final class Poster {

    private final Random random;
    private final int number;

    Poster(Random random, int number) {
      this.random = random;
      this.number = number;
    }

    void run() {
      long every = pace.every().toNanos();
      long next = System.nanoTime() + number * every;
      try {
        while (!stopped) {
          Patience.pass(Duration.ofNanos(Math.max(0, next - System.nanoTime())));
          next = (pace.catchesUp() ? next : System.nanoTime()) + pace.posters() * every;
          running.readLock().lock();
          try {
            if (random.nextInt(10) == 0) {
              rechargeSomebody();
            } else {
              post();
            }
          } finally {
            running.readLock().unlock();
          }
        }
      } catch (RuntimeException e) {
        failure = e;
      }
    }

    private void post() {
      List<Event> events = new ArrayList<>();
      for (int i = 0; i < pace.batch(); i++) {
        String account = truth.accounts().get(random.nextInt(truth.accounts().size()));
        events.add(
            new Event("e-" + nextEvent.getAndIncrement(), account, 1 + random.nextInt(5), time()));
      }
      List<String> batch = new ArrayList<>(events.stream().map(e -> e.json(e.units())).toList());
      int again = random.nextInt(pace.batch() / 3);
      for (int i = 0; i < again; i++) {
        Event event = events.get(random.nextInt(events.size()));
        batch.add(event.json(event.units()));
      }
      Collections.shuffle(batch, random);
      if (random.nextInt(20) == 0) {
        poison();
      }
      delivery.post(batch);
      events.forEach(delivery::counted);
      truth.count(Count.EVENTS_POSTED, batch.size());
      truth.count(Count.EVENTS_POSTED_AGAIN, again);
      if (random.nextInt(25) == 0) {
        postTogether();
      }
      if (random.nextInt(4) == 0) {
        conflict(events.get(random.nextInt(events.size())));
      }
    }

    /** Many post one event at the same time; it counts once. */
    private void postTogether() {
      Event event =
          new Event("e-" + nextEvent.getAndIncrement(), truth.accounts().getLast(), 1, time());
      List<String> body = List.of(event.json(1));
      List<CompletableFuture<Void>> posts =
          IntStream.range(0, AT_ONCE)
              .mapToObj(n -> CompletableFuture.runAsync(() -> delivery.post(body), many))
              .toList();
      posts.forEach(CompletableFuture::join);
      delivery.counted(event);
      truth.count(Count.EVENTS_POSTED, AT_ONCE);
      truth.count(Count.EVENTS_POSTED_AT_ONCE, 1);
    }

    /** The same identity with another payload: counted once, as it was first. */
    private void conflict(Event event) {
      delivery.post(List.of(event.json(event.units() + 1_000)));
      truth.count(Count.CONFLICTS_POSTED, 1);
    }

    /**
     * One bad event fails its whole batch: good ones beside it, never posted again, don't count.
     */
    private void poison() {
      String account = truth.accounts().getFirst();
      List<String> batch =
          List.of(
              new Event("e-" + nextEvent.getAndIncrement(), account, 1, time()).json(1_000_000),
              "{\"specversion\":\"1.0\",\"id\":\"p\",\"data\":{\"value\":1e400000}}");
      Answer answer = delivery.tryToPost(batch);
      if (answer.status() != 400) {
        throw new IllegalStateException("a poisoned batch got " + answer.inWords());
      }
      truth.count(Count.BAD_BATCHES_REFUSED, 1);
    }

    /** Most in the hour that runs, some up to three hours late. */
    private Instant time() {
      Instant late =
          hour.minus(
              Duration.ofHours(random.nextInt(pace.lateOneIn()) == 0 ? random.nextInt(4) : 0));
      Instant from = late.isBefore(begin) ? begin : late;
      return from.plusMillis(random.nextInt(3_600_000));
    }

    private void rechargeSomebody() {
      String account = truth.accounts().get(random.nextInt(truth.accounts().size() / 2));
      String transaction = "chaos-" + nextRecharge.getAndIncrement();
      delivery.recharge(account, transaction, amount(random));
    }
  }

  /** Ends with the requests that are under way; needs a deployment that answers. */
  @Override
  public void close() {
    stopped = true;
    try {
      for (Thread poster : posters) {
        if (!poster.join(Delivery.ANSWER_LIMIT.plusMinutes(1))) {
          throw new IllegalStateException("the workload does not end");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    many.shutdown();
    check();
  }
}
