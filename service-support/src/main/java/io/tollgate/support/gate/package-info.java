/** A service's own copy of gated notices: an action behind a gate waits for it (section 14). */
@NullMarked
package io.tollgate.support.gate;

import org.jspecify.annotations.NullMarked;
