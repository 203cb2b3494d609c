package io.tollgate.notification.proof;

import io.tollgate.model.NoticeId;
import io.tollgate.support.web.Page;
import io.tollgate.support.web.ProblemException;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** For operators: the proof of a notice, account by account. */
@RestController
class ProofController {

  private final JdbcProofRepository repository;

  ProofController(JdbcProofRepository repository) {
    this.repository = repository;
  }

  @GetMapping("/v1/notices/{notice}/proof")
  Page<RecipientProof> proof(
      @PathVariable NoticeId notice,
      @RequestParam Optional<Integer> limit,
      @RequestParam Optional<String> cursor) {
    if (!repository.exists(notice)) {
      throw ProblemException.notFound("notice " + notice);
    }
    return Page.byId(
        limit,
        cursor,
        (after, size) -> repository.proof(notice, after, size),
        RecipientProof::account);
  }
}
