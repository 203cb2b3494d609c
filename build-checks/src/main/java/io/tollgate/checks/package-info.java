/** Rules about the whole tree, checked by ordinary tests. */
@NullMarked
package io.tollgate.checks;

import org.jspecify.annotations.NullMarked;
