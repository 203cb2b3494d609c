package io.tollgate.billing.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.Test;

class AccountShardTest {

  @Test
  void eachShardDoesItsPartOnceAndTheSumIsTold() {
    Set<Integer> seen = new ConcurrentSkipListSet<>();
    int done =
        AccountShard.inEach(
            shard -> {
              assertThat(seen.add(shard.number())).isTrue();
              return 10;
            });
    assertThat(done).isEqualTo(10 * seen.size());
    assertThat(seen).contains(0);
  }

  @Test
  void whenOneFailsTheOthersAreDoneAllTheSame() {
    Set<Integer> seen = new ConcurrentSkipListSet<>();
    assertThatThrownBy(
            () ->
                AccountShard.inEach(
                    shard -> {
                      seen.add(shard.number());
                      if (shard.number() == 0) {
                        throw new IllegalArgumentException("no");
                      }
                      assertThat(shard.count())
                          .isEqualTo(Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4));
                      return 1;
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasRootCauseMessage("no");
    assertThat(seen).hasSize(Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4));
  }

  @Test
  void everyPartitionIsOfOneShard() {
    assertThat(new AccountShard(0, 2).partitions(5)).containsExactly(0, 2, 4);
    assertThat(new AccountShard(1, 2).partitions(5)).containsExactly(1, 3);
    assertThat(new AccountShard(3, 4).partitions(2)).isEmpty();
    assertThat(AccountShard.WHOLE.partitions(3)).containsExactly(0, 1, 2);
  }

  @Test
  void aShardIsOneOfItsCount() {
    assertThatThrownBy(() -> new AccountShard(2, 2)).isInstanceOf(IllegalArgumentException.class);
  }
}
