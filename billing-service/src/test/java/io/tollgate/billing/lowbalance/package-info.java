@NullMarked
package io.tollgate.billing.lowbalance;

import org.jspecify.annotations.NullMarked;
