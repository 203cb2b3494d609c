package io.tollgate.support.coalesce;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Combines concurrent requests into one look-up or one write (request coalescing).
 *
 * <p>Nothing waits for others to join. A request is served immediately if none is in progress;
 * requests that arrive meanwhile form the next batch. A look-up always starts after the request
 * arrived, so its answer is as fresh as that of a single look-up. If a batch fails, it fails for
 * all of its requests.
 *
 * @param <Q> a question
 * @param <A> its answer
 */
public final class Coalescer<Q, A> {

  private final String name;
  private final int most;
  private final Function<List<Q>, List<A>> work;
  private final Queue<Asked<Q, A>> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean busy = new AtomicBoolean();

  /**
   * Nothing is under way.
   *
   * @param name of the virtual thread that works, while there is work
   * @param most questions of a batch
   * @param work finds as many answers as there are questions, in their order; may block
   */
  public Coalescer(String name, int most, Function<List<Q>, List<A>> work) {
    this.name = name;
    this.most = most;
    this.work = work;
  }

  private record Asked<Q, A>(Q question, CompletableFuture<A> answer) {}

  /**
   * Asks.
   *
   * @return the answer, or why there is none; it comes on the thread that works, so what follows
   *     there must not block
   */
  public CompletableFuture<A> ask(Q question) {
    CompletableFuture<A> answer = new CompletableFuture<>();
    waiting.add(new Asked<>(question, answer));
    work();
    return answer;
  }

  /** Makes sure that somebody works while something waits. */
  private void work() {
    if (busy.compareAndSet(false, true)) {
      Thread.ofVirtual().name(name).start(this::workOff);
    }
  }

  private void workOff() {
    try {
      for (List<Asked<Q, A>> batch = next(); !batch.isEmpty(); batch = next()) {
        answer(batch);
      }
    } finally {
      busy.set(false);
    }
    // What was asked after the last look has seen this thread busy.
    if (!waiting.isEmpty()) {
      work();
    }
  }

  private List<Asked<Q, A>> next() {
    List<Asked<Q, A>> batch = new ArrayList<>();
    while (batch.size() < most) {
      Asked<Q, A> asked = waiting.poll();
      if (asked == null) {
        break;
      }
      batch.add(asked);
    }
    return batch;
  }

  private void answer(List<Asked<Q, A>> batch) {
    try {
      List<A> answers = work.apply(batch.stream().map(Asked::question).toList());
      if (answers.size() != batch.size()) {
        throw new IllegalStateException(
            "%d answers to %d questions".formatted(answers.size(), batch.size()));
      }
      for (int i = 0; i < batch.size(); i++) {
        batch.get(i).answer().complete(answers.get(i));
      }
    } catch (RuntimeException | Error e) {
      batch.forEach(asked -> asked.answer().completeExceptionally(e));
    }
  }
}
