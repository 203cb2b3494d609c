/**
 * What the agreement leaves open, and which level of it won (C12.1): effective-dated policies, and
 * the gates of what waits until everyone concerned has been notified.
 */
@NullMarked
package io.tollgate.store.agreement;

import org.jspecify.annotations.NullMarked;
