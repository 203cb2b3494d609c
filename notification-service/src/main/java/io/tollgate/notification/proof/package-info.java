/** The proof of a notice: what, to whom, when delivered, sent and read (section 14). */
@NullMarked
package io.tollgate.notification.proof;

import org.jspecify.annotations.NullMarked;
