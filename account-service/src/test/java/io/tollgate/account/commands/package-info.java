@NullMarked
package io.tollgate.account.commands;

import org.jspecify.annotations.NullMarked;
