/** What others have written works unchanged. */
@NullMarked
package io.tollgate.e2e.clients;

import org.jspecify.annotations.NullMarked;
