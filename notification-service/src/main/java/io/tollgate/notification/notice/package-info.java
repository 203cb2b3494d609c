/** Notices: what is told to whom, its gate and its proof. */
@NullMarked
package io.tollgate.notification.notice;

import org.jspecify.annotations.NullMarked;
