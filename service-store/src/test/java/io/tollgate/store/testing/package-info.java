/** A service made of nothing but what this module and the support give it, for its tests. */
@NullMarked
package io.tollgate.store.testing;

import org.jspecify.annotations.NullMarked;
