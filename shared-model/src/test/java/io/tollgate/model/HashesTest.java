package io.tollgate.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What was hashed must be found again: stored ids and requests rest on these digits. */
class HashesTest {

  @Test
  void sha256IsTheStandards() {
    // FIPS 180-2, appendix B.1
    assertThat(Hashes.sha256("abc"))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assertThat(Hashes.sha256("abc", 24)).isEqualTo("ba7816bf8f01cfea414140de");
    assertThat(Hashes.sha256("计费"))
        .isEqualTo("251d9be11de05a505d91dfc3c9e5c7c26ab259ec0a0abb3916514a5f8f617778");
  }

  @Test
  void aNameHasOneId() {
    assertThat(Hashes.named("x-", "one\ntwo")).isEqualTo("x-76bb1822-205f-3527-8256-5357a1027fec");
    assertThat(Hashes.named("x-", "onetwo")).isNotEqualTo(Hashes.named("x-", "one\ntwo"));
  }
}
