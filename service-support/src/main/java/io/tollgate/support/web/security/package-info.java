/** Who may do what: JWT credentials, roles and scopes, rules per route. */
@NullMarked
package io.tollgate.support.web.security;

import org.jspecify.annotations.NullMarked;
