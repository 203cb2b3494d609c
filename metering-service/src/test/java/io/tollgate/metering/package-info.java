/** Tests of the running service. */
@NullMarked
package io.tollgate.metering;

import org.jspecify.annotations.NullMarked;
