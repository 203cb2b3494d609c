package io.tollgate.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.embedded.CoordinatorTopics.Question;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;

/** A broker under load may not know yet what its controller has created. */
class CoordinatorTopicsTest {

  private int asked;
  private int paused;

  private void ask(Question question) throws ExecutionException, InterruptedException {
    CoordinatorTopics.askUntilKnown(
        () -> {
          asked++;
          question.ask();
        },
        () -> paused++);
  }

  private static ExecutionException unknown() {
    return new ExecutionException(new UnknownTopicOrPartitionException("not known yet"));
  }

  @Test
  void aBrokerThatDoesNotKnowTheTopicsYetIsAskedAgain()
      throws ExecutionException, InterruptedException {
    ask(
        () -> {
          if (asked < 4) {
            throw unknown();
          }
        });
    assertThat(asked).isEqualTo(4);
    assertThat(paused).isEqualTo(3);
  }

  @Test
  void aBrokerThatKnowsThemIsAskedOnce() throws ExecutionException, InterruptedException {
    ask(() -> {});
    assertThat(asked).isEqualTo(1);
    assertThat(paused).isZero();
  }

  @Test
  void aBrokerThatNeverKnowsThemIsGivenUp() {
    assertThatThrownBy(
            () ->
                ask(
                    () -> {
                      throw unknown();
                    }))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
    assertThat(asked).isEqualTo(300);
    assertThat(paused).isEqualTo(299);
  }

  @Test
  void anotherFailureIsNotRepeated() {
    assertThatThrownBy(
            () ->
                ask(
                    () -> {
                      throw new ExecutionException(new ClusterAuthorizationException("not yours"));
                    }))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(ClusterAuthorizationException.class);
    assertThat(asked).isEqualTo(1);
  }
}
