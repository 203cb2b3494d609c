@NullMarked
package io.tollgate.billing.charging;

import org.jspecify.annotations.NullMarked;
