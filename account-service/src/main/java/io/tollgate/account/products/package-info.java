/** The products that billing has published: an instance is one of theirs. */
@NullMarked
package io.tollgate.account.products;

import org.jspecify.annotations.NullMarked;
