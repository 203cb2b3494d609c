@NullMarked
package io.tollgate.account.platforms;

import org.jspecify.annotations.NullMarked;
