package io.tollgate.support.coalesce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CoalescerTest {

  private static final int MOST = 3;

  private final ConcurrentLinkedQueue<List<Integer>> batches = new ConcurrentLinkedQueue<>();
  private final Semaphore may = new Semaphore(0);
  private final CountDownLatch begun = new CountDownLatch(1);
  private final Coalescer<Integer, Integer> squares =
      new Coalescer<>("squares", MOST, this::squares);

  private List<Integer> squares(List<Integer> numbers) {
    begun.countDown();
    may.acquireUninterruptibly();
    batches.add(numbers);
    if (numbers.contains(-1)) {
      throw new IllegalArgumentException("-1");
    }
    return numbers.stream().map(number -> number * number).toList();
  }

  private CompletableFuture<Integer> askWhileTheFirstIsUnderWay(int question)
      throws InterruptedException {
    CompletableFuture<Integer> first = squares.ask(question);
    begun.await();
    return first;
  }

  @Test
  void whatIsAskedMeanwhileMakesTheNextBatches() throws Exception {
    CompletableFuture<Integer> first = askWhileTheFirstIsUnderWay(2);
    List<CompletableFuture<Integer>> next = IntStream.range(3, 8).mapToObj(squares::ask).toList();
    may.release(MOST);

    assertThat(first.get()).isEqualTo(4);
    assertThat(next.stream().map(CompletableFuture::join)).containsExactly(9, 16, 25, 36, 49);
    assertThat(batches).containsExactly(List.of(2), List.of(3, 4, 5), List.of(6, 7));
  }

  @Test
  void aFailureIsOfAllInTheBatchAndOfNobodyElse() throws Exception {
    CompletableFuture<Integer> first = askWhileTheFirstIsUnderWay(2);
    List<CompletableFuture<Integer>> failing = List.of(squares.ask(3), squares.ask(-1));
    may.release(2);

    assertThat(first.get()).isEqualTo(4);
    for (CompletableFuture<Integer> each : failing) {
      assertThatThrownBy(each::get).hasRootCauseMessage("-1");
    }
    may.release();
    assertThat(squares.ask(5).get()).isEqualTo(25);
  }

  @Test
  void tooFewAnswersAreAFailure() {
    Coalescer<Integer, Integer> forgetful = new Coalescer<>("forgetful", MOST, all -> List.of());

    assertThatThrownBy(forgetful.ask(1)::get).hasRootCauseMessage("0 answers to 1 questions");
  }

  @Test
  void nothingIsForgottenBetweenTwoBatches() {
    Coalescer<Integer, Integer> same = new Coalescer<>("same", MOST, all -> all);
    IntStream.range(0, 4)
        .parallel()
        .forEach(
            asker ->
                IntStream.range(0, 10_000)
                    .forEach(n -> assertThat(same.ask(n).join()).isEqualTo(n)));
  }
}
