/** What the tests of the running service share. */
@NullMarked
package io.tollgate.account.testing;

import org.jspecify.annotations.NullMarked;
