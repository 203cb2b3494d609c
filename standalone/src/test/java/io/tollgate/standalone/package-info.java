/** Everything in one process, tried over its public interface. */
@NullMarked
package io.tollgate.standalone;

import org.jspecify.annotations.NullMarked;
