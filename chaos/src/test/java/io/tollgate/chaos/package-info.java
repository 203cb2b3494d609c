/** Tests of chaos. */
@NullMarked
package io.tollgate.chaos;

import org.jspecify.annotations.NullMarked;
