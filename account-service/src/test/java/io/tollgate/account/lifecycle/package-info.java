/** The life of an instance, rule by rule. */
@NullMarked
package io.tollgate.account.lifecycle;

import org.jspecify.annotations.NullMarked;
