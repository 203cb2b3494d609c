/** The contract's worked amounts, made of real usage. */
@NullMarked
package io.tollgate.e2e.money;

import org.jspecify.annotations.NullMarked;
