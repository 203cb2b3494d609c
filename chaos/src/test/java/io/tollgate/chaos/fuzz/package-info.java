/** Tests of fuzzing. */
@NullMarked
package io.tollgate.chaos.fuzz;

import org.jspecify.annotations.NullMarked;
