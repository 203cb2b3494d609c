/** Events that cannot be counted: shown and replayed. */
@NullMarked
package io.tollgate.metering.quarantine;

import org.jspecify.annotations.NullMarked;
