/** Questions that are asked at the same time, answered together. */
@NullMarked
package io.tollgate.support.coalesce;

import org.jspecify.annotations.NullMarked;
