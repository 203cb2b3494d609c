/** Another billing zone, with days of 23 and 25 hours. */
@NullMarked
package io.tollgate.e2e.zones;

import org.jspecify.annotations.NullMarked;
