/** The HTTP interface through which platforms read their commands and acknowledge them. */
@NullMarked
package io.tollgate.account.platforms;

import org.jspecify.annotations.NullMarked;
