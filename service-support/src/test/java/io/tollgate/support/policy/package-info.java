/** Tests of policies without I/O. */
@NullMarked
package io.tollgate.support.policy;

import org.jspecify.annotations.NullMarked;
