/**
 * One account's trouble stays its own: work that its data makes fail is set aside with the reason,
 * everything else in the batch goes on, and it is tried again when its cause may be mended.
 */
@NullMarked
package io.tollgate.store.setaside;

import org.jspecify.annotations.NullMarked;
