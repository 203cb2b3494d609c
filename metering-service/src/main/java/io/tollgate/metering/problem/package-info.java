/** How failures of the log and of the state stores are answered over HTTP. */
@NullMarked
package io.tollgate.metering.problem;

import org.jspecify.annotations.NullMarked;
