/** A service made of nothing but the support, for its tests. */
@NullMarked
package io.tollgate.support.testing;

import org.jspecify.annotations.NullMarked;
