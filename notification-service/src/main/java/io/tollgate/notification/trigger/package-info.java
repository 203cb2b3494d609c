/** Events of billing and accounts become notices. */
@NullMarked
package io.tollgate.notification.trigger;

import org.jspecify.annotations.NullMarked;
