/**
 * What platforms ask and tell over HTTP: their commands, acknowledgements, webhooks and reports.
 */
@NullMarked
package io.tollgate.account.platforms;

import org.jspecify.annotations.NullMarked;
