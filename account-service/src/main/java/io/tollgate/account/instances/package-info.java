/** Service instances: registered, entitled, ended; the pure lifecycle with its store around it. */
@NullMarked
package io.tollgate.account.instances;

import org.jspecify.annotations.NullMarked;
