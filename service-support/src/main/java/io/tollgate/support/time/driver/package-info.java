/** Drives the test clock of a deployment: one service after the other, until all are settled. */
@NullMarked
package io.tollgate.support.time.driver;

import org.jspecify.annotations.NullMarked;
