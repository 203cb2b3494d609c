/** The process is killed under load, at random and at named points: nothing is lost or doubled. */
@NullMarked
package io.tollgate.e2e.faults;

import org.jspecify.annotations.NullMarked;
