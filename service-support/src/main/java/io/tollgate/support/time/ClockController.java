package io.tollgate.support.time;

import io.tollgate.support.web.Fields;
import io.tollgate.support.web.ProblemException;
import java.time.Instant;
import org.springframework.http.HttpStatus;
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

  record Step(Instant to) {
    Step {
      to = Fields.required("to", to);
    }
  }

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
      throw new ProblemException(
          HttpStatus.CONFLICT, "clock-not-driven", String.valueOf(e.getMessage()));
    }
  }
}
