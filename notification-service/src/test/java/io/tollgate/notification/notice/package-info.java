/** Tests of the rules of notice. */
@NullMarked
package io.tollgate.notification.notice;

import org.jspecify.annotations.NullMarked;
