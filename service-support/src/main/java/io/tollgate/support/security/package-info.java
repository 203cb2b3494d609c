/** Who may do what: JWT credentials, roles and scopes, rules per route. */
@NullMarked
package io.tollgate.support.security;

import org.jspecify.annotations.NullMarked;
