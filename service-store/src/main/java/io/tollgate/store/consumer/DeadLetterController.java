package io.tollgate.store.consumer;

import io.tollgate.support.web.Caller;
import io.tollgate.support.web.Fields;
import io.tollgate.support.web.Page;
import io.tollgate.support.web.Paging;
import io.tollgate.support.web.ReasonBody;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Lists records that could not be applied to operators, who replay or discard them. */
@RestController
@RequestMapping("/v1/dead-letters")
final class DeadLetterController {

  private final DeadLetters deadLetters;

  DeadLetterController(DeadLetters deadLetters) {
    this.deadLetters = deadLetters;
  }

  record ReplayRequest(String topic, @Nullable Long id, @Nullable Integer limit) {
    ReplayRequest {
      topic = Fields.required("topic", topic);
    }
  }

  record Replayed(String topic, int replayed) {}

  @GetMapping
  Page<DeadLetters.DeadLetter> list(
      @RequestParam Optional<String> topic,
      @RequestParam Optional<Integer> limit,
      @RequestParam Optional<String> cursor) {
    return Page.byNumber(
        limit,
        cursor,
        0,
        (after, size) -> deadLetters.list(topic, after, size),
        DeadLetters.DeadLetter::id);
  }

  @PostMapping("/replay")
  Replayed replay(@RequestBody ReplayRequest request) {
    int limit =
        Paging.limit(Optional.of(Optional.ofNullable(request.limit()).orElse(Paging.MAX_LIMIT)));
    int replayed = deadLetters.replay(request.topic(), Optional.ofNullable(request.id()), limit);
    return new Replayed(request.topic(), replayed);
  }

  @PostMapping("/{id}/discard")
  DeadLetters.DeadLetter discard(
      Caller caller, @PathVariable long id, @RequestBody ReasonBody request) {
    return deadLetters.discard(id, caller.subject(), request.reason());
  }
}
