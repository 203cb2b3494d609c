/** A service made of nothing but HTTP, for the tests of the support. */
@NullMarked
package io.tollgate.support.testing;

import org.jspecify.annotations.NullMarked;
