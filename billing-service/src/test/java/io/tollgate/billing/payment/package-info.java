@NullMarked
package io.tollgate.billing.payment;

import org.jspecify.annotations.NullMarked;
