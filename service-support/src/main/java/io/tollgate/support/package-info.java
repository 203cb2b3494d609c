/** What every service needs once; one importable configuration per infrastructure. */
@NullMarked
package io.tollgate.support;

import org.jspecify.annotations.NullMarked;
