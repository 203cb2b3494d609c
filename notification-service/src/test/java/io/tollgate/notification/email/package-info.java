/** Tests of the rules of email. */
@NullMarked
package io.tollgate.notification.email;

import org.jspecify.annotations.NullMarked;
