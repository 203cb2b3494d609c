/** Runs one service on real parts, and says and hears what its neighbours would. */
@NullMarked
package io.tollgate.testing;

import org.jspecify.annotations.NullMarked;
