package io.tollgate.support.time.driver;

import io.tollgate.support.time.BusinessClock;
import io.tollgate.support.time.ClockMode;
import io.tollgate.support.web.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Drives the clocks of all services; only one service offers it. */
@RestController
@RequestMapping("/v1/clock/advance")
final class ClockAdvanceController {

  private final ClockAdvance advance;
  private final BusinessClock clock;

  ClockAdvanceController(ClockAdvance advance, BusinessClock clock) {
    this.advance = advance;
    this.clock = clock;
  }

  record Request(@Nullable Instant to, @Nullable Duration by) {}

  @GetMapping
  ClockAdvance.Progress progress() {
    return advance.progress();
  }

  @PostMapping
  ResponseEntity<ClockAdvance.Progress> begin(
      @RequestBody Request request,
      @RequestHeader(name = HttpHeaders.AUTHORIZATION, defaultValue = "") String authorization) {
    if ((request.to() == null) == (request.by() == null)) {
      throw new ProblemException(HttpStatus.BAD_REQUEST, "clock-target", "give either to or by");
    }
    if (request.by() != null && request.by().isNegative()) {
      throw new ProblemException(HttpStatus.BAD_REQUEST, "clock-target", "time does not go back");
    }
    if (clock.mode() != ClockMode.TEST) {
      throw new ProblemException(
          HttpStatus.CONFLICT, "clock-not-driven", "the business clock is the system clock");
    }
    return advance
        .begin(
            Optional.ofNullable(request.to()),
            Optional.ofNullable(request.by()),
            authorization.replaceFirst("(?i)^bearer\\s+", ""))
        .map(progress -> ResponseEntity.accepted().body(progress))
        .orElseThrow(
            () ->
                new ProblemException(
                    HttpStatus.CONFLICT,
                    "clock-advancing",
                    "the clocks are already being advanced"));
  }
}
