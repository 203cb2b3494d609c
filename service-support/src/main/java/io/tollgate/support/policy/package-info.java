/** Effective-dated policies: what the agreement leaves open, and which level of it won (C12.1). */
@NullMarked
package io.tollgate.support.policy;

import org.jspecify.annotations.NullMarked;
