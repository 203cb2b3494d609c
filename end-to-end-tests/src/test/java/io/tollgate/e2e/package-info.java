/** What the contract makes the whole system do, seen from outside. */
@NullMarked
package io.tollgate.e2e;

import org.jspecify.annotations.NullMarked;
