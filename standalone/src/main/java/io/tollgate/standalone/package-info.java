/** The four services with broker, database and mail server in one process, and its command line. */
@NullMarked
package io.tollgate.standalone;

import org.jspecify.annotations.NullMarked;
