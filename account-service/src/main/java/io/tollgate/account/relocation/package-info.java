/** Relocation of equipment, behind its gate (C3.2.8). */
@NullMarked
package io.tollgate.account.relocation;

import org.jspecify.annotations.NullMarked;
