/** What a transaction tells: events, topic states and the trail, written together. */
@NullMarked
package io.tollgate.account.telling;

import org.jspecify.annotations.NullMarked;
