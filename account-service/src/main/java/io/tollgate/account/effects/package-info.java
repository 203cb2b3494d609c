/** The effects of a transaction on others: events, topic states and the audit trail. */
@NullMarked
package io.tollgate.account.effects;

import org.jspecify.annotations.NullMarked;
