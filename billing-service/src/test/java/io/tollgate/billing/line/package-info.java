@NullMarked
package io.tollgate.billing.line;

import org.jspecify.annotations.NullMarked;
