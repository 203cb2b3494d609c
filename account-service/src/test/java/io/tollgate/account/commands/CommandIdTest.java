package io.tollgate.account.commands;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Platforms acknowledge commands by their ids: the same cause must make the same one for ever. */
class CommandIdTest {

  @Test
  void theIdOfACommandIsPinned() {
    assertThat(PlatformCommands.idOf("instance:vm-1:3:0").value())
        .isEqualTo("cmd-72d85f0f-17cf-3744-a9ae-84f421c0a797");
  }
}
