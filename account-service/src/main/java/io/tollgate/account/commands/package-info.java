/** Commands to platforms, delivered until acknowledged. */
@NullMarked
package io.tollgate.account.commands;

import org.jspecify.annotations.NullMarked;
