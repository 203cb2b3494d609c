/**
 * {@code tollgate fuzz}: seeded requests to every documented operation and seeded records on every
 * topic of a running deployment, while accounts that nobody may touch prove that nothing leaks,
 * hangs or stands still.
 */
@NullMarked
package io.tollgate.chaos.fuzz;

import org.jspecify.annotations.NullMarked;
