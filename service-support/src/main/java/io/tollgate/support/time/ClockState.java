package io.tollgate.support.time;

import java.time.Instant;

/**
 * What is stored of a business clock.
 *
 * @param mode the mode the stored data was made with
 * @param now the last instant a test clock was stepped to; for a system clock its first start
 */
public record ClockState(ClockMode mode, Instant now) {}
