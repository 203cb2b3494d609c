/** What went wrong below what frameworks wrapped it in, and whether it passes by itself. */
@NullMarked
package io.tollgate.support.failure;

import org.jspecify.annotations.NullMarked;
