package io.tollgate.support.clock;

import java.net.URI;
import java.time.Instant;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The clock of this one service; operators drive all of them together. */
@RestController
@RequestMapping("/v1/clock")
final class ClockController {

  private final ClockService clock;

  ClockController(ClockService clock) {
    this.clock = clock;
  }

  record Step(Instant to) {}

  record Stepped(Instant now) {}

  @GetMapping
  ClockStatus status() {
    return clock.status();
  }

  @PostMapping("/step")
  Stepped step(@RequestBody Step step) {
    try {
      return new Stepped(clock.step(step.to()));
    } catch (ClockService.NotDrivenException e) {
      ProblemDetail problem =
          ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, String.valueOf(e.getMessage()));
      problem.setType(URI.create("https://tollgate.example/problems/clock-not-driven"));
      problem.setTitle("The clock is not driven");
      throw new ErrorResponseException(HttpStatus.CONFLICT, problem, e);
    }
  }
}
