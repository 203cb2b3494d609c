@NullMarked
package io.tollgate.metering.correction;

import org.jspecify.annotations.NullMarked;
