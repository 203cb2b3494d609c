package io.tollgate.account.platforms;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.model.PlatformId;
import io.tollgate.support.web.Closing;
import io.tollgate.support.web.Page;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LongPollsTest {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final Page<String> NOTHING = new Page<>(List.of(), Optional.empty());

  private final Closing closing = new Closing();
  private final LongPolls polls = new LongPolls(closing);

  private CompletableFuture<Page<String>> poll(String platform) {
    return polls.firstOf(PlatformId.of(platform), LONG, () -> NOTHING).toFuture();
  }

  @Test
  void fourRequestsOfAPlatformWaitUntilTheServiceStopsAndAFifthIsAnsweredAtOnce() {
    closing.start();
    List<CompletableFuture<Page<String>>> waiting =
        Stream.of("compute", "compute", "compute", "compute", "network").map(this::poll).toList();
    assertThat(poll("compute")).succeedsWithin(SOON).isEqualTo(NOTHING);
    assertThat(waiting).noneMatch(CompletableFuture::isDone);

    closing.stop();
    assertThat(waiting)
        .allSatisfy(each -> assertThat(each).succeedsWithin(SOON).isEqualTo(NOTHING));
  }
}
