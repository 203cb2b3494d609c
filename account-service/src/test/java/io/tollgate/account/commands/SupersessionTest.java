package io.tollgate.account.commands;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.model.event.AccountEvent.CommandKind;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every pair of commands: whether the newer one ends the repetition of the older. */
class SupersessionTest {

  /**
   * The older kinds in their order: open, suspend, resume, restrict, unrestrict, relocate, release,
   * delete backups; 'x' is ended, '.' is still told.
   */
  @ParameterizedTest
  @CsvSource({
    "OPEN,           xxx.....",
    "SUSPEND,        xxx.....",
    "RESUME,         xxx.....",
    "RESTRICT,       ...xx...",
    "UNRESTRICT,     ...xx...",
    "RELOCATE,       .....x..",
    "RELEASE,        xxxxxxx.",
    "DELETE_BACKUPS, .......x",
  })
  void theNewestWishCounts(CommandKind newer, String expected) {
    StringBuilder ended = new StringBuilder();
    Arrays.stream(CommandKind.values())
        .forEach(older -> ended.append(Supersession.endedBy(newer).contains(older) ? 'x' : '.'));
    assertThat(ended).hasToString(expected);
  }
}
